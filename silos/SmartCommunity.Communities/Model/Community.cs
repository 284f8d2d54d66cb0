using System.Collections.Immutable;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Incidents.People;
using SmartCommunity.Rules.Definitions;

namespace SmartCommunity.Communities.Model;

/// <summary>One community whole: the parsed and checked community file. An immutable snapshot, swapped whole when the file changes.</summary>
public sealed record Community
{
    /// <summary>The community.</summary>
    public required CommunityId Id { get; init; }

    /// <summary>What people call it.</summary>
    public required LocalizedText Name { get; init; }

    /// <summary>IANA time zone: local times of devices and the work calendar are read in it. Default: Asia/Shanghai.</summary>
    public string TimeZone { get; init; } = "Asia/Shanghai";

    /// <summary>The grids (网格); at least one.</summary>
    public ImmutableArray<Grid> Grids { get; init; } = [];

    /// <summary>The buildings (楼栋).</summary>
    public ImmutableArray<Building> Buildings { get; init; } = [];

    /// <summary>The zones (区域).</summary>
    public ImmutableArray<Zone> Zones { get; init; } = [];

    /// <summary>The devices.</summary>
    public ImmutableArray<Device> Devices { get; init; } = [];

    /// <summary>The people who sign in.</summary>
    public ImmutableArray<Person> People { get; init; } = [];

    /// <summary>The rules.</summary>
    public ImmutableArray<RuleDefinition> Rules { get; init; } = [];
}

/// <summary>A grid (网格): the patch that one grid worker looks after.</summary>
/// <param name="Id">The grid.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Worker">Its grid worker (网格员), one of the community's people.</param>
public sealed record Grid(GridId Id, LocalizedText Name, PersonId Worker);

/// <summary>A building (楼栋).</summary>
/// <param name="Id">The building.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Grid">The grid that it is in.</param>
/// <param name="Floors">Floors above ground, 1 to 200.</param>
/// <param name="Basements">Floors below ground, 0 to 10.</param>
/// <param name="UnitsPerFloor">Units (户) on each floor, 1 to 100.</param>
/// <param name="Facades">The façades that cameras may watch, for example south and north.</param>
public sealed record Building(
    BuildingId Id, LocalizedText Name, GridId Grid, int Floors, int Basements, int UnitsPerFloor, ImmutableArray<string> Facades);

/// <summary>A zone (区域): a gate, lane, fire lane, garage, playground.</summary>
/// <param name="Id">The zone.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Grid">The grid that it is in.</param>
/// <param name="Kind">One of the zone kinds.</param>
/// <param name="Building">The building that it belongs to, or null.</param>
/// <param name="ParkingGrace">How long a vehicle may stand here; null takes the rule's default for the kind.</param>
public sealed record Zone(ZoneId Id, LocalizedText Name, GridId Grid, string Kind, BuildingId? Building, TimeSpan? ParkingGrace);

/// <summary>A device.</summary>
public sealed record Device
{
    /// <summary>The device; also its MQTT user name.</summary>
    public required DeviceId Id { get; init; }

    /// <summary>One of the device kinds.</summary>
    public required string Kind { get; init; }

    /// <summary>What people call it.</summary>
    public required LocalizedText Name { get; init; }

    /// <summary>The grid; given, or that of its building or zone.</summary>
    public required GridId Grid { get; init; }

    /// <summary>The building that it is in or on; null outdoors.</summary>
    public BuildingId? Building { get; init; }

    /// <summary>The zone that it watches.</summary>
    public ZoneId? Zone { get; init; }

    /// <summary>The façade that a camera watches.</summary>
    public string? Facade { get; init; }

    /// <summary>The floor, negative below ground.</summary>
    public int? Floor { get; init; }

    /// <summary>The unit (户).</summary>
    public string? Unit { get; init; }

    /// <summary>How long it may be silent; null takes the rule's default.</summary>
    public TimeSpan? SilentAfter { get; init; }
}

/// <summary>Someone who signs in.</summary>
/// <param name="Id">The person; also the user name.</param>
/// <param name="Name">Their name.</param>
/// <param name="Roles">What they may do; at least one.</param>
/// <param name="Grids">The grids that they serve; empty means the whole community.</param>
public sealed record Person(PersonId Id, string Name, ImmutableArray<Role> Roles, ImmutableArray<GridId> Grids);
