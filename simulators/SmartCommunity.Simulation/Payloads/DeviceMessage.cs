using System.Text;

namespace SmartCommunity.Simulation.Payloads;

/// <summary>One message that a device publishes.</summary>
/// <param name="Channel">Which of its topics.</param>
/// <param name="Payload">JSON in UTF-8, or the text of a status. Never changed after it was made.</param>
public readonly record struct DeviceMessage(DeviceChannel Channel, ReadOnlyMemory<byte> Payload)
{
    /// <summary>What a device says on its status topic when it is there.</summary>
    public static DeviceMessage Online { get; } = new(DeviceChannel.Status, "online"u8.ToArray());

    /// <summary>What it says when it leaves, and what its will says for it.</summary>
    public static DeviceMessage Offline { get; } = new(DeviceChannel.Status, "offline"u8.ToArray());

    /// <inheritdoc/>
    public override string ToString() => $"{DeviceTopics.SuffixOf(Channel)} {Encoding.UTF8.GetString(Payload.Span)}";
}
