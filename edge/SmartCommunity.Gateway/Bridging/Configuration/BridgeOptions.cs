using SmartCommunity.Mqtt.Client;

namespace SmartCommunity.Gateway.Bridging.Configuration;

/// <summary>A site's own broker, and what this gateway takes from it. Made by <see cref="BridgeReader"/>, which has checked it.</summary>
public sealed record BridgeOptions
{
    /// <summary>What it is called in logs, metrics and on the page; an id, once per gateway.</summary>
    public required string Name { get; init; }

    /// <summary>Where the broker is: <c>mqtt</c>, <c>mqtts</c>, <c>ws</c> or <c>wss</c>.</summary>
    public required MqttEndPoint EndPoint { get; init; }

    /// <summary>The client identifier, under which the broker keeps the session. Default: <c>smartcommunity-{gateway}-{name}</c>.</summary>
    public required string ClientId { get; init; }

    /// <summary>The user name at the broker; null for none.</summary>
    public string? User { get; init; }

    /// <summary>The password; null for none.</summary>
    public string? Password { get; init; }

    /// <summary>A file that holds the password, read before each try to connect, so that a new one needs no restart; null for none.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Whom to trust and what to show, on <c>mqtts</c> and <c>wss</c>.</summary>
    public MqttTlsOptions Tls { get; init; } = new();

    /// <summary>The longest silence before a ping; 5 s to 65,535 s. Default 30 s.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long the broker keeps what comes while the gateway is away; 1 min to 10 years. Default 7 days, which bridges a long holiday. A broker may allow
    /// less, and MQTT 3.1.1 leaves it to the broker.
    /// </summary>
    public TimeSpan SessionExpiry { get; init; } = TimeSpan.FromDays(7);

    /// <summary>
    /// Messages that may be taken and not acknowledged; 1 to 1,000. It is what a broker delivers again after a crash. Default 32, because that is how many
    /// event ids a place remembers per device; at a flush of 5 ms it still lets 6,000 messages a second through.
    /// </summary>
    public int MaxUnacknowledged { get; init; } = 32;

    /// <summary>What is taken; at least one, and no two that match the same topic.</summary>
    public required IReadOnlyList<BridgeTopic> Topics { get; init; }
}

/// <summary>What a bridge takes, and as what.</summary>
/// <param name="Filter">The topic filter at the broker.</param>
/// <param name="Decoder">The decoder that must take it; null for the first one that is bound to the topic.</param>
/// <param name="RemotePrefix">What is cut off the broker's topics; every filter begins with it. Empty for nothing.</param>
/// <param name="LocalPrefix">What is put before them then, so that the topic is one that a decoder knows. Empty for nothing.</param>
public sealed record BridgeTopic(string Filter, string? Decoder, string RemotePrefix, string LocalPrefix)
{
    /// <summary>The topic as decoders and the journal see it.</summary>
    /// <param name="topic">The broker's topic; it matches the filter.</param>
    public string ToLocal(string topic) => string.Concat(LocalPrefix, topic.AsSpan(RemotePrefix.Length));
}
