using System.Collections.Frozen;
using System.Collections.Immutable;
using SmartCommunity.Events.Ids;
using SmartCommunity.Rules.Places;
using SmartCommunity.Rules.Plans;

namespace SmartCommunity.Communities.Model;

/// <summary>A community in use: the file, its version, and the look-ups that the flow needs. Immutable.</summary>
public sealed class CommunitySnapshot
{
    /// <summary>Indexes a checked community.</summary>
    /// <param name="community">The community; it has passed validation.</param>
    /// <param name="version">Rises by one with every change that is stored; starts at 1.</param>
    public CommunitySnapshot(Community community, long version)
    {
        Community = community;
        Version = version;
        Grids = community.Grids.ToFrozenDictionary(grid => grid.Id);
        Buildings = community.Buildings.ToFrozenDictionary(building => building.Id);
        Zones = community.Zones.ToFrozenDictionary(zone => zone.Id);
        People = community.People.ToFrozenDictionary(person => person.Id);
        Devices = community.Devices.ToFrozenDictionary(device => device.Id);
        RuleOptions = TimeZoneInfo.TryFindSystemTimeZoneById(community.TimeZone, out var zone) ? new() { TimeZone = zone } : new();
        Facts = community.Devices.ToFrozenDictionary(device => device.Id, ToFacts);
    }

    /// <summary>The community.</summary>
    public Community Community { get; }

    /// <summary>Which version of the file.</summary>
    public long Version { get; }

    public FrozenDictionary<GridId, Grid> Grids { get; }

    public FrozenDictionary<BuildingId, Building> Buildings { get; }

    public FrozenDictionary<ZoneId, Zone> Zones { get; }

    public FrozenDictionary<PersonId, Person> People { get; }

    public FrozenDictionary<DeviceId, Device> Devices { get; }

    /// <summary>How this community's rules deal with time: the defaults, in its time zone.</summary>
    public RuleOptions RuleOptions { get; }

    /// <summary>What rules may know of each device.</summary>
    public FrozenDictionary<DeviceId, DeviceFacts> Facts { get; }

    /// <summary>The devices whose events one building's grain takes.</summary>
    public ImmutableArray<DeviceFacts> DevicesOf(BuildingId building) => [.. Facts.Values.Where(device => device.Building == building)];

    /// <summary>The outdoor devices whose events one grid's grain takes.</summary>
    public ImmutableArray<DeviceFacts> OutdoorDevicesOf(GridId grid) => [.. Facts.Values.Where(device => device.Building is null && device.Grid == grid)];

    private DeviceFacts ToFacts(Device device) => new()
    {
        Id = device.Id,
        Kind = device.Kind,
        Name = device.Name,
        Community = Community.Id,
        Grid = device.Grid,
        Building = device.Building,
        BuildingName = device.Building is { } building && Buildings.TryGetValue(building, out var found) ? found.Name : null,
        Zone = device.Zone is { } id && Zones.TryGetValue(id, out var zone) ? new(zone.Id, zone.Kind, zone.Name, zone.ParkingGrace) : null,
        Facade = device.Facade,
        Floor = device.Floor,
        Unit = device.Unit,
        SilentAfter = device.SilentAfter,
    };
}
