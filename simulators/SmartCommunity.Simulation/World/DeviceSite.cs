using SmartCommunity.Communities.Model;
using SmartCommunity.Events.Ids;

namespace SmartCommunity.Simulation.World;

/// <summary>What a simulation knows of a device: what it is and where it hangs.</summary>
public sealed record DeviceSite
{
    /// <summary>The device; also its MQTT user name.</summary>
    public required DeviceId Id { get; init; }

    /// <summary>One of the device kinds, for example <c>smoke-detector</c>.</summary>
    public required string Kind { get; init; }

    public required CommunityId Community { get; init; }

    public required GridId Grid { get; init; }

    /// <summary>Null outdoors.</summary>
    public BuildingId? Building { get; init; }

    public ZoneId? Zone { get; init; }

    /// <summary>gate, lane, fire-lane, garage…; null when there is no zone.</summary>
    public string? ZoneKind { get; init; }

    /// <summary>How long a vehicle may stand in the zone; null when the zone does not say.</summary>
    public TimeSpan? ParkingGrace { get; init; }

    /// <summary>The façade that a camera watches.</summary>
    public string? Facade { get; init; }

    /// <summary>Negative below ground.</summary>
    public int? Floor { get; init; }

    public string? Unit { get; init; }

    /// <summary>Floors of the building above ground. Default: 18, when the building is not known.</summary>
    public int BuildingFloors { get; init; } = 18;

    /// <summary>How long it may be silent, by its own entry or its kind's; null leaves it to the rule.</summary>
    public TimeSpan? SilentAfter { get; init; }

    /// <summary>Whether it hangs below ground.</summary>
    public bool IsBelowGround => Floor is < 0 || ZoneKind is "garage";

    /// <summary>The sites of a community's devices, in the order of the file.</summary>
    public static IReadOnlyList<DeviceSite> Of(CommunitySnapshot snapshot) => [.. snapshot.Community.Devices.Select(device => Of(snapshot, device))];

    private static DeviceSite Of(CommunitySnapshot snapshot, Device device)
    {
        var facts = snapshot.Facts[device.Id];
        var building = device.Building is { } id ? snapshot.Buildings.GetValueOrDefault(id) : null;
        return new DeviceSite
        {
            Id = device.Id,
            Kind = device.Kind,
            Community = snapshot.Community.Id,
            Grid = device.Grid,
            Building = device.Building,
            Zone = device.Zone,
            ZoneKind = facts.Zone?.Kind,
            ParkingGrace = facts.Zone?.ParkingGrace,
            Facade = device.Facade,
            Floor = device.Floor,
            Unit = device.Unit,
            BuildingFloors = building?.Floors ?? 18,
            SilentAfter = facts.SilentAfter,
        };
    }
}
