using SmartCommunity.Events.Ids;

namespace SmartCommunity.Simulation.Payloads;

/// <summary>The topics of a native device: <c>sc/v1/{device}/telemetry|event|status</c>.</summary>
public enum DeviceChannel : byte
{
    /// <summary>Readings.</summary>
    Telemetry = 0,

    /// <summary>Something that happened.</summary>
    Event = 1,

    /// <summary><c>online</c> or <c>offline</c>; retained, and also the will.</summary>
    Status = 2,
}

/// <summary>The topic names.</summary>
public static class DeviceTopics
{
    /// <summary>The topic of a device's channel.</summary>
    public static string Of(DeviceId device, DeviceChannel channel) => $"sc/v1/{device.Value}/{SuffixOf(channel)}";

    /// <summary>The last level of a channel's topic.</summary>
    public static string SuffixOf(DeviceChannel channel) => channel switch
    {
        DeviceChannel.Telemetry => "telemetry",
        DeviceChannel.Event => "event",
        DeviceChannel.Status => "status",
        _ => throw new ArgumentOutOfRangeException(nameof(channel), channel, "No such channel."),
    };
}
