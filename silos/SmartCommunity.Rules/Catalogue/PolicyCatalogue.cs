using System.Collections.Frozen;
using System.Collections.Immutable;

namespace SmartCommunity.Rules.Catalogue;

/// <summary>Every policy that a rule can name. A new policy is a class beside the others and an entry here.</summary>
public static class PolicyCatalogue
{
    /// <summary>All policies.</summary>
    public static ImmutableArray<PolicyEntry> All { get; } =
    [
        ShippedPolicies.FallingObject,
        ShippedPolicies.IllegalParking,
        ShippedPolicies.Door,
        ShippedPolicies.Duress,
        ShippedPolicies.SmokeGas,
        ShippedPolicies.WaterLeak,
        ShippedPolicies.Threshold,
        ShippedPolicies.DeviceOffline,
    ];

    private static readonly FrozenDictionary<string, PolicyEntry> ById = All.ToFrozenDictionary(entry => entry.Id, StringComparer.Ordinal);

    /// <summary>A policy by its name, or null.</summary>
    public static PolicyEntry? Find(string id) => ById.GetValueOrDefault(id);
}
