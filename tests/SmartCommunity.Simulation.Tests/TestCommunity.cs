using System.Collections.Immutable;
using SmartCommunity.Communities.Model;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Incidents.People;
using SmartCommunity.Rules.Definitions;
using SmartCommunity.Simulation.Devices;
using SmartCommunity.Simulation.World;

namespace SmartCommunity.Simulation.Tests;

/// <summary>A small community with a device of every kind in every sort of place that matters.</summary>
internal static class TestCommunity
{
    public static readonly DateTimeOffset Morning = new(2026, 11, 20, 0, 30, 0, TimeSpan.Zero);

    public static readonly Community Community = new()
    {
        Id = CommunityId.Parse("test"),
        Name = Text("测试社区"),
        Grids = [new Grid(GridId.Parse("g1"), Text("一网格"), PersonId.Parse("wang"))],
        Buildings = [new Building(BuildingId.Parse("b1"), Text("1 号楼"), GridId.Parse("g1"), Floors: 18, Basements: 1, UnitsPerFloor: 4, Facades: ["south"])],
        Zones =
        [
            Zone("fire-lane-1", "fire-lane", null),
            Zone("lane-1", "lane", TimeSpan.FromSeconds(90)),
            Zone("lane-2", "lane", null),
            Zone("gate-1", "gate", null),
            Zone("garage-1", "garage", null),
        ],
        Devices = [.. Devices()],
        People = [new Person(PersonId.Parse("wang"), "王", [Role.GridWorker], [])],
        Rules = [.. Rules()],
    };

    public static readonly CommunitySnapshot Snapshot = new(Community, 1);

    public static SimulatedWorld World(ulong seed = 1) => SimulatedWorld.Of(Snapshot, seed);

    private static IEnumerable<Device> Devices()
    {
        foreach (var kind in DeviceModels.Kinds.Order(StringComparer.Ordinal).Append("something-new"))
            yield return Indoors($"{kind}-b1", kind);
        foreach (var zone in new[] { "fire-lane-1", "lane-1", "lane-2", "gate-1", "garage-1" })
            yield return Outdoors($"parking-{zone}", "parking-camera", zone);
        yield return Outdoors("gate-camera-1", "gate-camera", "gate-1");
        yield return Outdoors("leak-outdoors", "water-leak-sensor", "garage-1");
        yield return Outdoors("air-outdoors", "environment-sensor", "lane-1");
        yield return Indoors("distribution-room", "environment-sensor") with { Floor = -1 };
        yield return Indoors("quick-silence", "smoke-detector") with { SilentAfter = TimeSpan.FromMinutes(2) };
    }

    private static IEnumerable<RuleDefinition> Rules()
    {
        yield return Rule("falling", "falling-object");
        yield return Rule("parking", "illegal-parking");
        yield return Rule("doors", "door", ("held-for", "45s"));
        yield return Rule("duress", "duress");
        yield return Rule("fire", "smoke-gas");
        yield return Rule("water", "water-leak");
        yield return Rule("offline", "device-offline", ("confirm", "20s"));
        yield return Rule("room-hot", "threshold", ("metric", "temperature"), ("above", "40"), ("for", "60s"), ("hysteresis", "2")) with
        {
            Where = new RuleScope { Devices = [DeviceId.Parse("distribution-room")] },
            Severity = Severity.P1,
        };
        yield return Rule("room-warm", "threshold", ("metric", "temperature"), ("above", "35"), ("for", "10s"), ("hysteresis", "2")) with
        {
            Where = new RuleScope { Devices = [DeviceId.Parse("distribution-room")] },
        };
        yield return Rule("pressure", "threshold", ("metric", "water-pressure"), ("below", "150"), ("for", "30s"), ("hysteresis", "20"));
    }

    private static RuleDefinition Rule(string id, string policy, params (string Name, string Value)[] with) => new()
    {
        Id = RuleId.Parse(id),
        Policy = policy,
        With = with.ToImmutableSortedDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal),
    };

    private static Device Indoors(string id, string kind) => new()
    {
        Id = DeviceId.Parse(id),
        Kind = kind,
        Name = Text(id),
        Grid = GridId.Parse("g1"),
        Building = BuildingId.Parse("b1"),
        Facade = kind == "falling-object-camera" ? "south" : null,
        Floor = 1,
    };

    private static Device Outdoors(string id, string kind, string zone) => new()
    {
        Id = DeviceId.Parse(id),
        Kind = kind,
        Name = Text(id),
        Grid = GridId.Parse("g1"),
        Zone = ZoneId.Parse(zone),
    };

    private static Zone Zone(string id, string kind, TimeSpan? grace) => new(ZoneId.Parse(id), Text(id), GridId.Parse("g1"), kind, Building: null, grace);

    private static LocalizedText Text(string text) => new(text, text);
}
