using SmartCommunity.Mqtt.Properties;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Packets;

/// <summary>CONNECT (MQTT 5.0 section 3.1). Properties that MQTT 3.1.1 lacks are null or at their default there.</summary>
public sealed record ConnectPacket
{
    /// <summary>The protocol version of the connection.</summary>
    public MqttVersion Version { get; init; } = MqttVersion.V500;

    /// <summary>Clean Start; in MQTT 3.1.1 Clean Session.</summary>
    public bool CleanStart { get; init; } = true;

    /// <summary>Keep alive in seconds; 0 turns it off.</summary>
    public ushort KeepAlive { get; init; }

    /// <summary>The client identifier; may be empty.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>The will, or null.</summary>
    public WillMessage? Will { get; init; }

    /// <summary>The user name, or null when absent.</summary>
    public string? UserName { get; init; }

    /// <summary>The password, or null when absent.</summary>
    public byte[]? Password { get; init; }

    /// <summary>How many seconds the session outlives the connection; 0xFFFFFFFF is for ever; null is 0.</summary>
    public uint? SessionExpiryInterval { get; init; }

    /// <summary>How many QoS 1 and 2 messages the client takes unacknowledged; null is 65,535.</summary>
    public ushort? ReceiveMaximum { get; init; }

    /// <summary>The largest packet in bytes that the client takes; null is no limit.</summary>
    public uint? MaximumPacketSize { get; init; }

    /// <summary>The highest topic alias that the client takes; null is 0: none.</summary>
    public ushort? TopicAliasMaximum { get; init; }

    public bool RequestResponseInformation { get; init; }

    /// <summary>Whether reason strings and user properties may come in packets other than PUBLISH, CONNACK and DISCONNECT.</summary>
    public bool RequestProblemInformation { get; init; } = true;

    /// <summary>Whether the client asked for them in so many words, and not by saying nothing. Told when reading; not written.</summary>
    public bool IsProblemInformationAsked { get; init; }

    public string? AuthenticationMethod { get; init; }

    public byte[]? AuthenticationData { get; init; }

    public IReadOnlyList<UserProperty> UserProperties { get; init; } = [];
}

/// <summary>The will inside a CONNECT (MQTT 5.0 section 3.1.2.5).</summary>
/// <param name="Topic">A valid topic name.</param>
/// <param name="Payload">The message.</param>
/// <param name="Qos">The QoS to publish it with.</param>
/// <param name="Retain">Whether to retain it.</param>
public sealed record WillMessage(string Topic, ReadOnlyMemory<byte> Payload, QualityOfService Qos, bool Retain)
{
    /// <summary>Seconds between the end of the connection and the will; 0 is at once.</summary>
    public uint DelayInterval { get; init; }

    /// <summary>Properties to publish it with, or null when there are none.</summary>
    public PublishProperties? Properties { get; init; }
}
