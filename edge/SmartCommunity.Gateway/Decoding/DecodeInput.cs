using SmartCommunity.Events.Ids;

namespace SmartCommunity.Gateway.Decoding;

/// <summary>One message as a decoder sees it.</summary>
/// <param name="Topic">The topic name.</param>
/// <param name="Payload">The payload; valid during the call only.</param>
/// <param name="Publisher">The device that published; null when other software did.</param>
/// <param name="IsWill">The endpoint published it because the device's connection was lost.</param>
/// <param name="ContentType">MQTT 5 content type, or null.</param>
/// <param name="ReceivedAt">When the gateway took it.</param>
public readonly record struct DecodeInput(
    string Topic, ReadOnlyMemory<byte> Payload, DeviceId? Publisher, bool IsWill, string? ContentType, DateTimeOffset ReceivedAt)
{
    /// <summary>The publisher is a gateway or integration whose rules allowed the topic: the device is the one that the topic names.</summary>
    public bool SpeaksForDevices { get; init; }

    /// <summary>The broker kept it from before this gateway subscribed: it says how things stand, and is no news (FORMATS point 1).</summary>
    public bool IsReplay { get; init; }
}
