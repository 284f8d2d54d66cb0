using SmartCommunity.Communities.Model;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Api.Devices;

/// <summary>A cell that is there; its value is null when it is empty.</summary>
internal sealed record Given<T>(T? Value) where T : struct;

/// <summary>One line of an import. Null members are columns that the file does not have.</summary>
internal sealed record ImportRow
{
    /// <summary>Where it stands: <c>row 3</c>, counted in lines of the file.</summary>
    public required string Row { get; init; }

    public required DeviceId? Id { get; init; }

    public required string? Kind { get; init; }

    public required string? Name { get; init; }

    public required GridId? Grid { get; init; }

    public required Given<BuildingId>? Building { get; init; }

    public required Given<ZoneId>? Zone { get; init; }

    public required string? Facade { get; init; }

    public required Given<int>? Floor { get; init; }

    public required string? Unit { get; init; }

    /// <summary>The device as the row wants it: a change of the one that is there, or a new one.</summary>
    public Device Apply(Device? before, CommunitySnapshot community)
    {
        var building = Building is null ? before?.Building : Building.Value;
        var zone = Zone is null ? before?.Zone : Zone.Value;
        var name = string.IsNullOrEmpty(Name)
            ? before?.Name ?? new(Id!.Value.Value, Id.Value.Value) : before?.Name.Zh == Name ? before.Name : new LocalizedText(Name, Name);
        return (before ?? new() { Id = Id!.Value, Kind = "", Name = name, Grid = default }) with
        {
            Kind = string.IsNullOrEmpty(Kind) ? before?.Kind ?? "" : Kind,
            Name = name,
            Grid = Grid ?? GridOf(building, zone, community) ?? before?.Grid ?? default,
            Building = building,
            Zone = zone,
            Facade = Facade is null ? before?.Facade : Facade.Length == 0 ? null : Facade,
            Floor = Floor is null ? before?.Floor : Floor.Value,
            Unit = Unit is null ? before?.Unit : Unit.Length == 0 ? null : Unit,
        };
    }

    private static GridId? GridOf(BuildingId? building, ZoneId? zone, CommunitySnapshot community) =>
        building is { } inside && community.Buildings.TryGetValue(inside, out var house) ? house.Grid
        : zone is { } watched && community.Zones.TryGetValue(watched, out var place) ? place.Grid
        : null;
}
