using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Places;

namespace SmartCommunity.Rules.Conditions;

/// <summary>A condition of which an occurrence is going on.</summary>
/// <param name="Key">The dedup key.</param>
/// <param name="Rule">The rule that watches it.</param>
/// <param name="RuleVersion">The version of the rule.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Phase">Suspect, Active, Clearing or Unknown.</param>
/// <param name="Since">Since when the occurrence goes on, in event time.</param>
/// <param name="PhaseSince">Since when it is in this phase.</param>
/// <param name="Severity">How urgent.</param>
/// <param name="FirstCause">The first event or sample of the occurrence; see <see cref="Decisions.ConditionChange.FirstCause"/>.</param>
/// <param name="Reports">How many reports said that it holds.</param>
/// <param name="Devices">The devices that say so.</param>
public sealed record LiveCondition(
    string Key,
    RuleId Rule,
    int RuleVersion,
    string Kind,
    ConditionPhase Phase,
    DateTimeOffset Since,
    DateTimeOffset PhaseSince,
    Severity Severity,
    string FirstCause,
    int Reports,
    IReadOnlyList<DeviceFacts> Devices);
