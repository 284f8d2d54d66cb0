using System.Collections.Immutable;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Definitions;
using SmartCommunity.Rules.Parameters;
using SmartCommunity.Rules.Policies;
using SmartCommunity.Rules.Validation;

namespace SmartCommunity.Rules.Catalogue;

/// <summary>One policy that a rule can name: what it is for, what it takes, what it watches.</summary>
public sealed record PolicyEntry
{
    /// <summary>The name in a rule's <c>policy</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What people read; also the name of a rule that has none.</summary>
    public required LocalizedText Name { get; init; }

    /// <summary>What it is for, in a sentence.</summary>
    public required LocalizedText Description { get; init; }

    /// <summary>How urgent its cases are where the rule does not say; some conditions have their own, see <see cref="Conditions"/>.</summary>
    public required Severity DefaultSeverity { get; init; }

    /// <summary>What its cases can be about, with the severity of each where the rule does not say.</summary>
    public required ImmutableArray<PolicyCondition> Conditions { get; init; }

    /// <summary>Its parameters.</summary>
    public required ImmutableArray<PolicyParameter> Parameters { get; init; }

    /// <summary>The kinds of events that it takes.</summary>
    public ImmutableArray<EventKind> EventKinds { get; init; } = [];

    /// <summary>Whether it watches a metric, named by its parameter <c>metric</c>.</summary>
    public bool WatchesMetric { get; init; }

    /// <summary>Makes the policy of a checked rule.</summary>
    internal Func<PolicyArguments, Policy> Create { get; init; } = _ => throw new InvalidOperationException("The entry makes no policy.");

    /// <summary>What must hold between the parameters of a rule, beyond each one's own limits.</summary>
    internal Func<RuleDefinition, IEnumerable<RuleProblem>> Relations { get; init; } = _ => [];
}

/// <summary>What a case of a policy can be about.</summary>
/// <param name="Kind">The kind of the case, for example <c>door-forced</c>.</param>
/// <param name="Severity">How urgent, where the rule does not say.</param>
public sealed record PolicyCondition(string Kind, Severity Severity);
