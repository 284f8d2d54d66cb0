using SmartCommunity.Events.Ids;

namespace SmartCommunity.Grains.Places;

/// <summary>What a place's grain knows and puts into its checkpoint.</summary>
internal sealed class PlaceMemory
{
    /// <summary>Per gateway, the last journal sequence that this place has seen.</summary>
    public Dictionary<string, long> Seen { get; } = new(StringComparer.Ordinal);

    /// <summary>The last state of each device that was ever heard.</summary>
    public Dictionary<DeviceId, LiveDevice> Devices { get; } = [];

    /// <summary>What <c>PlaceRules</c> saved; empty at first.</summary>
    public ReadOnlyMemory<byte> Rules { get; set; }

    /// <summary>Rises with every change of the summary.</summary>
    public long Revision { get; set; }

    /// <summary>The last sequence seen from a gateway; 0 when none.</summary>
    public long SeenThrough(string gateway) => Seen.GetValueOrDefault(gateway);

    /// <summary>The state of a device, made on first hearing.</summary>
    public LiveDevice Device(DeviceId id)
    {
        if (!Devices.TryGetValue(id, out var device))
        {
            Devices[id] = device = new();
        }

        return device;
    }
}
