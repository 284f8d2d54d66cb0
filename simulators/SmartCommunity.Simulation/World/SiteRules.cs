using System.Collections.Immutable;
using SmartCommunity.Events.Ids;
using SmartCommunity.Rules.Catalogue;
using SmartCommunity.Rules.Definitions;

namespace SmartCommunity.Simulation.World;

/// <summary>The rules that a situation is to meet: with them a script knows how long a door must stay open, and what is then expected.</summary>
/// <param name="rules">The rules of the community.</param>
public sealed class SiteRules(IEnumerable<RuleDefinition> rules)
{
    private readonly ImmutableArray<RuleDefinition> _rules = [.. rules.Where(rule => rule.Enabled && PolicyCatalogue.Find(rule.Policy) is not null)];

    /// <summary>
    /// One rule per shipped policy with the policy's defaults, under the policy's name: what may be assumed of a community whose file is not at hand. The
    /// threshold rule watches rooms for more than 45 °C.
    /// </summary>
    public static SiteRules Shipped { get; } = new(PolicyCatalogue.All.Select(policy => new RuleDefinition
    {
        Id = RuleId.Parse(policy.Id),
        Policy = policy.Id,
        With = policy.WatchesMetric
            ? ImmutableSortedDictionary<string, string>.Empty.Add("metric", "temperature").Add("above", "45").Add("for", "30s").Add("hysteresis", "3")
            : ImmutableSortedDictionary<string, string>.Empty,
    }));

    /// <summary>The rules of a policy that watch a device.</summary>
    public IReadOnlyList<AppliedRule> For(DeviceSite site, string policy) =>
        [.. _rules.Where(rule => rule.Policy == policy && Watches(rule.Where, site)).Select(rule => new AppliedRule(rule, site))];

    private static bool Watches(RuleScope where, DeviceSite site) =>
        (where.DeviceKinds.IsEmpty || where.DeviceKinds.Contains(site.Kind, StringComparer.Ordinal))
        && (where.Grids.IsEmpty || where.Grids.Contains(site.Grid))
        && (where.Buildings.IsEmpty || (site.Building is { } building && where.Buildings.Contains(building)))
        && (where.Zones.IsEmpty || (site.Zone is { } zone && where.Zones.Contains(zone)))
        && (where.Devices.IsEmpty || where.Devices.Contains(site.Id));
}
