using SmartCommunity.Mqtt.Packets;

namespace SmartCommunity.Mqtt.Server.Sessions;

/// <summary>A will whose delay runs (MQTT 5.0 section 3.1.3.2.2). Whoever takes it, publishes it or drops it; only one can.</summary>
internal sealed class DelayedWill(WillMessage will)
{
    private int _taken;

    public WillMessage Will => will;

    /// <summary>Runs out when the will is due; null until it is started.</summary>
    public ITimer? Timer { get; set; }

    /// <summary>Whether the caller is the one who decides about it.</summary>
    public bool TryTake()
    {
        if (Interlocked.Exchange(ref _taken, 1) != 0) return false;
        Timer?.Dispose();
        return true;
    }
}
