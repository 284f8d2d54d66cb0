using System.Runtime.InteropServices;

namespace SmartCommunity.Mqtt.Server.Limits;

/// <summary>The publish rates of the devices and accounts that are connected: as many as there are names among the connections. Thread-safe.</summary>
internal sealed class PublishRates(MqttServerOptions options, TimeProvider time)
{
    private readonly Dictionary<string, PublishRate> _rates = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>A connection of this name begins; null when nothing is limited.</summary>
    public PublishRate? Enter(string name)
    {
        if (options is { MaxPublishRate: <= 0, MaxPublishBytesRate: <= 0 }) return null;
        lock (_lock)
        {
            ref var rate = ref CollectionsMarshal.GetValueRefOrAddDefault(_rates, name, out _);
            rate ??= new PublishRate(options, time);
            rate.Users++;
            return rate;
        }
    }

    /// <summary>A connection of this name ended.</summary>
    public void Leave(string name, PublishRate? rate)
    {
        if (rate is null) return;
        lock (_lock)
        {
            if (--rate.Users == 0) _rates.Remove(name);
        }
    }
}
