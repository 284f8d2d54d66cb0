using System.Globalization;
using SmartCommunity.Communities.Files.Reading;
using SmartCommunity.Communities.Files.Tree;
using SmartCommunity.Communities.Kinds;
using SmartCommunity.Communities.Model;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Definitions;
using SmartCommunity.Rules.Parameters;

namespace SmartCommunity.Communities.Files.Writing;

/// <summary>A community as the tree of a file; what has its default is left out.</summary>
internal static class CommunityTree
{
    public static MappingNode Of(Community community)
    {
        var buildings = community.Buildings.ToDictionary(building => building.Id);
        var zones = community.Zones.ToDictionary(zone => zone.Id);
        return Map(
            ("id", Text(community.Id.Value)),
            ("name", Name(community.Name)),
            ("timeZone", Text(community.TimeZone)),
            ("grids", List(community.Grids, OfGrid)),
            ("buildings", List(community.Buildings, OfBuilding)),
            ("zones", List(community.Zones, zone => OfZone(zone, buildings))),
            ("devices", List(community.Devices, device => OfDevice(device, buildings, zones))),
            ("people", List(community.People, OfPerson)),
            ("rules", List(community.Rules, OfRule)));
    }

    private static MappingNode OfGrid(Grid grid) => Map(("id", Text(grid.Id.Value)), ("name", Name(grid.Name)), ("worker", Text(grid.Worker.Value)));

    private static MappingNode OfBuilding(Building building) => Map(
        ("id", Text(building.Id.Value)),
        ("name", Name(building.Name)),
        ("grid", Text(building.Grid.Value)),
        ("floors", Number(building.Floors)),
        ("basements", building.Basements == 0 ? null : Number(building.Basements)),
        ("unitsPerFloor", building.UnitsPerFloor == 1 ? null : Number(building.UnitsPerFloor)),
        ("facades", Texts(building.Facades)));

    private static MappingNode OfZone(Zone zone, Dictionary<BuildingId, Building> buildings) => Map(
        ("id", Text(zone.Id.Value)),
        ("kind", Text(zone.Kind)),
        ("name", Name(zone.Name)),
        ("grid", zone.Building is { } at && buildings.ContainsKey(at) ? null : Text(zone.Grid.Value)),
        ("building", zone.Building is { } building ? Text(building.Value) : null),
        ("parkingGrace", zone.ParkingGrace is { } grace ? Text(Durations.Format(grace)) : null));

    private static MappingNode OfDevice(Device device, Dictionary<BuildingId, Building> buildings, Dictionary<ZoneId, Zone> zones)
    {
        var follows = (device.Building is { } inside && buildings.ContainsKey(inside)) || (device.Zone is { } near && zones.ContainsKey(near));
        var isUsual = device.SilentAfter == DeviceKinds.Find(device.Kind)?.SilentAfter;
        return Map(
            ("id", Text(device.Id.Value)),
            ("kind", Text(device.Kind)),
            ("name", Name(device.Name)),
            ("grid", follows ? null : Text(device.Grid.Value)),
            ("building", device.Building is { } building ? Text(building.Value) : null),
            ("zone", device.Zone is { } zone ? Text(zone.Value) : null),
            ("facade", device.Facade is { } facade ? Text(facade) : null),
            ("floor", device.Floor is { } floor ? Number(floor) : null),
            ("unit", device.Unit is { } unit ? Text(unit) : null),
            ("silentAfter", device.SilentAfter is { } silence && !isUsual ? Text(Durations.Format(silence)) : null));
    }

    private static MappingNode OfPerson(Person person) => Map(
        ("id", Text(person.Id.Value)),
        ("name", Text(person.Name)),
        ("roles", Texts(person.Roles.Select(role => PersonReader.Roles.First(pair => pair.Value == role).Key))),
        ("grids", Texts(person.Grids.Select(grid => grid.Value))));

    private static MappingNode OfRule(RuleDefinition rule) => Map(
        ("id", Text(rule.Id.Value)),
        ("policy", Text(rule.Policy)),
        ("version", rule.Version == 1 ? null : Number(rule.Version)),
        ("name", rule.Name is { } name ? Name(name) : null),
        ("enabled", rule.Enabled ? null : Text("false")),
        ("severity", rule.Severity is { } severity ? Text(severity.ToString()) : null),
        ("dispatch", rule.Dispatch is { } dispatch ? Text(RuleReader.Dispatches.First(pair => pair.Value == dispatch).Key) : null),
        ("where", OrNull(OfScope(rule.Where))),
        ("with", OrNull(Map([.. rule.With.Select(pair => (pair.Key, (FileNode?)Text(pair.Value)))]))));

    private static MappingNode OfScope(RuleScope where) => Map(
        ("deviceKinds", Texts(where.DeviceKinds)),
        ("grids", Texts(where.Grids.Select(id => id.Value))),
        ("buildings", Texts(where.Buildings.Select(id => id.Value))),
        ("zones", Texts(where.Zones.Select(id => id.Value))),
        ("devices", Texts(where.Devices.Select(id => id.Value))));

    private static FileNode Name(LocalizedText name) => name.Zh == name.En ? Text(name.Zh) : Map(("zh", Text(name.Zh)), ("en", Text(name.En)));

    private static ScalarNode Text(string text) => new(default, text);

    private static ScalarNode Number(int number) => new(default, number.ToString(CultureInfo.InvariantCulture));

    private static SequenceNode? Texts(IEnumerable<string> texts) => texts.Select(Text).ToList<FileNode>() is { Count: > 0 } items ? new(default, items) : null;

    private static SequenceNode? List<T>(IReadOnlyCollection<T> items, Func<T, FileNode> write) => items.Count == 0 ? null : new(default, [.. items.Select(write)]);

    private static MappingNode? OrNull(MappingNode node) => node.Entries.Count == 0 ? null : node;

    private static MappingNode Map(params (string Key, FileNode? Value)[] entries) =>
        new(default, [.. entries.Where(entry => entry.Value is not null).Select(entry => new FileEntry(entry.Key, default, entry.Value!))]);
}
