using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Conditions;
using SmartCommunity.Rules.Plans;

namespace SmartCommunity.Rules.Live;

/// <summary>The mutable state of one dedup key. All times are Unix milliseconds.</summary>
internal sealed class Condition(string key, CompiledRule rule, ConditionSpec spec) : ITimed
{
    public string Key => key;

    /// <summary>The rule; another object when the plan is replaced.</summary>
    public CompiledRule Rule { get; set; } = rule;

    /// <summary>The sort of condition; another object when the plan is replaced.</summary>
    public ConditionSpec Spec { get; set; } = spec;

    public ConditionPhase Phase { get; set; }

    /// <summary>Since when it is in this phase.</summary>
    public long PhaseSince { get; set; }

    /// <summary>When a source last said anything about it.</summary>
    public long LastSignal { get; set; } = long.MinValue;

    /// <summary>What is going on; null in Normal and Cleared.</summary>
    public Occurrence? Occurrence { get; set; }

    /// <summary>The events that it has taken, so that a resend is recognised.</summary>
    public RecentEvents Recent { get; set; }

    /// <inheritdoc/>
    public string TimerKey => key;

    /// <inheritdoc/>
    public long QueuedFor { get; set; } = Occurrence.Never;

    /// <inheritdoc/>
    public long Due => Phase switch
    {
        ConditionPhase.Suspect => Math.Min(ConfirmedAt, Occurrence!.ExpiresAt),
        ConditionPhase.Active => Occurrence!.ExpiresAt,
        ConditionPhase.Clearing => PhaseSince + (long)Spec.Hold.TotalMilliseconds,
        _ => Occurrence.Never,
    };

    /// <summary>By what time moves it when it is due.</summary>
    public ConditionInput DueInput => Phase switch
    {
        ConditionPhase.Suspect when ConfirmedAt <= Occurrence!.ExpiresAt => ConditionInput.Confirmed,
        ConditionPhase.Clearing => ConditionInput.HoldEnded,
        _ => ConditionInput.Over,
    };

    private long ConfirmedAt => Occurrence!.Since + Occurrence.Confirm;
}
