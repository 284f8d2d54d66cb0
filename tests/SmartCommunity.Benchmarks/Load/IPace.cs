namespace SmartCommunity.Benchmarks.Load;

/// <summary>When devices publish.</summary>
internal interface IPace
{
    /// <summary>When the next message of a device is due, as a timestamp.</summary>
    long DueAt(LoadDevice device, long now);

    /// <summary>The device has published it.</summary>
    void Published(LoadDevice device);
}

/// <summary>Nobody publishes.</summary>
internal sealed class Silence : IPace
{
    public static readonly Silence Instance = new();

    public long DueAt(LoadDevice device, long now) => long.MaxValue;

    public void Published(LoadDevice device)
    {
    }
}

/// <summary>Everybody publishes as fast as the windows let them.</summary>
internal sealed class FlatOut : IPace
{
    public static readonly FlatOut Instance = new();

    public long DueAt(LoadDevice device, long now) => now;

    public void Published(LoadDevice device)
    {
    }
}

/// <summary>
/// Messages are due at a steady rate, whether or not the server keeps up. The devices take turns with bursts: a device has several things to say at a time. Burst n of device i
/// is the (n × devices + i)th of all.
/// </summary>
internal sealed class SteadyRate(IReadOnlyList<LoadDevice> devices, double messagesPerSecond, TimeProvider time) : IPace
{
    private const int BurstMessages = 4;

    private readonly long _started = time.GetTimestamp();
    private readonly double _ticksPerMessage = time.TimestampFrequency / messagesPerSecond;
    private readonly Dictionary<LoadDevice, Turn> _turns = devices.Select((device, i) => (device, i)).ToDictionary(turn => turn.device, turn => new Turn(turn.i));

    public long DueAt(LoadDevice device, long now)
    {
        var turn = _turns[device];
        return _started + (long)(((turn.Next / BurstMessages * _turns.Count) + turn.Index) * BurstMessages * _ticksPerMessage);
    }

    public void Published(LoadDevice device) => _turns[device].Next++;

    private sealed class Turn(int index)
    {
        public int Index => index;

        public long Next { get; set; }
    }
}
