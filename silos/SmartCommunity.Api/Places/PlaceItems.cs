using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SmartCommunity.Communities.Kinds;
using SmartCommunity.Communities.Model;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Grains.Contracts;

namespace SmartCommunity.Api.Places;

/// <summary>A grid (网格) with what is open in its buildings and outdoor zones.</summary>
public record GridItem(
    string Id, string Community, string Name, string Worker, string? Worst, OpenCases Open, int DevicesOnline, int DevicesTotal,
    ImmutableArray<string> Buildings)
{
    internal static GridItem Of(CommunitySnapshot snapshot, Grid grid, LiveCounts live, string language) => new(
        grid.Id.Value, snapshot.Community.Id.Value, grid.Name.In(language), grid.Worker.Value, live.Open.Worst, live.Open, live.DevicesOnline,
        snapshot.Community.Devices.Count(device => device.Grid == grid.Id),
        [.. snapshot.Community.Buildings.Where(building => building.Grid == grid.Id).Select(building => building.Id.Value)]);
}

/// <summary>A building (楼栋) with its worst open severity.</summary>
public record BuildingItem(
    string Id, string Community, string Grid, string Name, int Floors, int Basements, int UnitsPerFloor, ImmutableArray<string> Facades,
    string? Worst, OpenCases Open, int DevicesOnline, int DevicesTotal)
{
    internal static BuildingItem Of(CommunitySnapshot snapshot, Building building, LiveCounts live, string language) => new(
        building.Id.Value, snapshot.Community.Id.Value, building.Grid.Value, building.Name.In(language), building.Floors, building.Basements,
        building.UnitsPerFloor,
        building.Facades, live.Open.Worst, live.Open, live.DevicesOnline, snapshot.Community.Devices.Count(device => device.Building == building.Id));
}

/// <summary>A zone (区域).</summary>
public sealed record ZoneItem(
    string Id, string Community, string Grid, string? Building, string Kind, string KindName, string Name, double? ParkingGraceSeconds, int DevicesOnline,
    int DevicesTotal)
{
    internal static ZoneItem Of(CommunitySnapshot snapshot, Zone zone, IReadOnlyDictionary<string, DeviceView> live, string language)
    {
        var devices = snapshot.Community.Devices.Where(device => device.Zone == zone.Id).ToList();
        return new(
            zone.Id.Value, snapshot.Community.Id.Value, zone.Grid.Value, zone.Building?.Value, zone.Kind,
            ZoneKinds.Find(zone.Kind)?.Name.In(language) ?? zone.Kind, zone.Name.In(language), zone.ParkingGrace?.TotalSeconds,
            devices.Count(device => live.GetValueOrDefault(device.Id.Value)?.Online is true), devices.Count);
    }
}

/// <summary>A live condition (告警态) of a place.</summary>
/// <param name="Key">Its dedup key.</param>
/// <param name="Rule">The rule that watches it.</param>
/// <param name="Phase">Suspect, Active, Clearing, Cleared or Unknown.</param>
/// <param name="Since">Since when, in event time.</param>
/// <param name="Severity">How urgent.</param>
/// <param name="Devices">The devices that say so.</param>
public sealed record ConditionItem(string Key, string Rule, string Phase, DateTimeOffset Since, Severity Severity, IReadOnlyList<string> Devices)
{
    internal static ConditionItem Of(ConditionView view) => new(view.Key, view.Rule, view.Phase, view.Since, (Severity)view.Severity, view.Devices);
}

/// <summary>A grid by itself, with the live conditions of its outdoor zones.</summary>
public sealed record GridDetail : GridItem
{
    internal GridDetail(GridItem item, ImmutableArray<ConditionItem> conditions) : base(item) => Conditions = conditions;

    [JsonPropertyOrder(1)]
    public ImmutableArray<ConditionItem> Conditions { get; }
}

/// <summary>A building by itself, with its live conditions.</summary>
public sealed record BuildingDetail : BuildingItem
{
    internal BuildingDetail(BuildingItem item, ImmutableArray<ConditionItem> conditions) : base(item) => Conditions = conditions;

    [JsonPropertyOrder(1)]
    public ImmutableArray<ConditionItem> Conditions { get; }
}
