using System.Collections.Immutable;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Rules.Definitions;

/// <summary>A rule as the community file states it: which policy, with which parameters, where.</summary>
public sealed record RuleDefinition
{
    /// <summary>The id of the rule within its community.</summary>
    public required RuleId Id { get; init; }

    /// <summary>The policy that evaluates it, for example <c>falling-object</c>; see the policy catalogue.</summary>
    public required string Policy { get; init; }

    /// <summary>Rises by one with every change of the rule; starts at 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>What people read; null takes the policy's own name.</summary>
    public LocalizedText? Name { get; init; }

    /// <summary>Whether it is evaluated. Default: yes.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>How urgent; null takes the policy's default.</summary>
    public Severity? Severity { get; init; }

    /// <summary>Who sends the case on its way; null takes the severity's default (P0 and P1 automatic).</summary>
    public DispatchMode? Dispatch { get; init; }

    /// <summary>The devices that it watches; empty fields do not restrict.</summary>
    public RuleScope Where { get; init; } = RuleScope.Everywhere;

    /// <summary>The policy's parameters as text, for example <c>window: 2m</c>; what is absent has the policy's default.</summary>
    public ImmutableSortedDictionary<string, string> With { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>Which devices a rule watches. Each field restricts when it is not empty; all that are given must hold.</summary>
public sealed record RuleScope
{
    /// <summary>No restriction.</summary>
    public static RuleScope Everywhere { get; } = new();

    /// <summary>Only devices of these kinds.</summary>
    public ImmutableArray<string> DeviceKinds { get; init; } = [];

    /// <summary>Only in these grids.</summary>
    public ImmutableArray<GridId> Grids { get; init; } = [];

    /// <summary>Only in these buildings.</summary>
    public ImmutableArray<BuildingId> Buildings { get; init; } = [];

    /// <summary>Only in these zones.</summary>
    public ImmutableArray<ZoneId> Zones { get; init; } = [];

    /// <summary>Only these devices.</summary>
    public ImmutableArray<DeviceId> Devices { get; init; } = [];
}

/// <summary>Who registers and dispatches a case that a rule raised.</summary>
public enum DispatchMode : byte
{
    /// <summary>People: acceptor, duty officer, dispatcher.</summary>
    Manual = 0,

    /// <summary>The system, under the standing delegation that the rule is.</summary>
    Automatic = 1,
}
