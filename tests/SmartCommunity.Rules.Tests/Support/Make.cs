using System.Collections.Immutable;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Definitions;
using SmartCommunity.Rules.Places;

namespace SmartCommunity.Rules.Tests.Support;

/// <summary>Short forms for rules and devices.</summary>
internal static class Make
{
    public static readonly CommunityId Community = CommunityId.Parse("yunqi");

    public static DeviceFacts Device(
        string id,
        string kind = "sensor",
        string? building = "b3",
        string? zone = null,
        string zoneKind = "lane",
        TimeSpan? grace = null,
        string? facade = null,
        TimeSpan? silentAfter = null) => new()
        {
            Id = DeviceId.Parse(id),
            Kind = kind,
            Name = new(id + "号设备", "Device " + id),
            Community = Community,
            Grid = GridId.Parse("g1"),
            Building = building is null ? null : BuildingId.Parse(building),
            BuildingName = building is null ? null : new("3号楼", "Building 3"),
            Zone = zone is null ? null : new(ZoneId.Parse(zone), zoneKind, new("北侧通道", "North lane"), grace),
            Facade = facade,
            SilentAfter = silentAfter,
        };

    /// <summary>A rule named after its policy; parameters as <c>name=value</c>.</summary>
    public static RuleDefinition Rule(string policy, params string[] with) => new()
    {
        Id = RuleId.Parse(policy),
        Policy = policy,
        With = with.Select(pair => pair.Split('=', 2)).ToImmutableSortedDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal),
    };

    public static RuleDefinition Named(this RuleDefinition rule, string id) => rule with { Id = RuleId.Parse(id) };

    public static RuleDefinition As(this RuleDefinition rule, Severity severity) => rule with { Severity = severity };
}
