using SmartCommunity.Events;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Definitions;
using SmartCommunity.Rules.Places;

namespace SmartCommunity.Rules.Decisions;

/// <summary>A condition moved, or got more evidence while it held: the only thing that rules say to the outside.</summary>
/// <remarks>Replaying the same input gives equal changes, so that whoever acts on them can recognise a replay.</remarks>
public sealed record ConditionChange
{
    /// <summary>The dedup key: at most one open case per key. It begins with the community and the rule.</summary>
    public required string Key { get; init; }

    /// <summary>The rule that says so.</summary>
    public required RuleId Rule { get; init; }

    /// <summary>The version of the rule.</summary>
    public required int RuleVersion { get; init; }

    /// <summary>What the case is about: usually the event kind's name, for example <c>falling-object</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>How urgent.</summary>
    public required Severity Severity { get; init; }

    /// <summary>Who sends the case on its way.</summary>
    public required DispatchMode Dispatch { get; init; }

    /// <summary>Where the condition was; equal to <see cref="To"/> when there is only more evidence.</summary>
    public required ConditionPhase From { get; init; }

    /// <summary>Where it is now.</summary>
    public required ConditionPhase To { get; init; }

    /// <summary>
    /// Whether what it is about is over as soon as it happened (a throw, a call for help): then <see cref="ConditionPhase.Cleared"/> says only that no more
    /// of it came for a while, not that anything recovered.
    /// </summary>
    public bool Momentary { get; init; }

    /// <summary>When, in event time.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// The first event of this occurrence: with rule and key it derives the incident's id.
    /// Written <c>{device}/{event id}</c>, since event ids are unique per device only; <c>{device}/{kind}/{ms}</c> for an event without an id,
    /// <c>{device}/{metric}/{ms}</c> for samples and <c>{device}/silence/{ms when last heard}</c> for silence.
    /// </summary>
    public required string FirstCause { get; init; }

    /// <summary>How sure the source is, 0 to 1; 1 when it makes no estimate.</summary>
    public required double Confidence { get; init; }

    /// <summary>The devices that say so.</summary>
    public required IReadOnlyList<DeviceFacts> Devices { get; init; }

    /// <summary>
    /// The events of which the outside has not been told: with an alarm those that led to it, also when it was time that confirmed it; empty when samples or
    /// silence led to it.
    /// </summary>
    public required IReadOnlyList<CommunityEvent> Events { get; init; }

    /// <summary>What a person reads first: «3 号楼南立面高空抛物».</summary>
    public required LocalizedText Title { get; init; }

    /// <summary>Why, in one sentence with the numbers in it.</summary>
    public required LocalizedText Why { get; init; }
}
