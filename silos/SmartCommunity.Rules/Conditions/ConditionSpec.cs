using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Rules.Conditions;

/// <summary>What all conditions of one sort that a rule watches have in common.</summary>
internal sealed record ConditionSpec
{
    /// <summary>What the case is about, for example <c>door-forced</c>; names the sort within its rule.</summary>
    public required string Kind { get; init; }

    /// <summary>How urgent.</summary>
    public required Severity Severity { get; init; }

    /// <summary>How long it must hold before it is an alarm. Default: not at all.</summary>
    public TimeSpan Confirm { get; init; }

    /// <summary>How long it must be over before it has recovered. Default: not at all.</summary>
    public TimeSpan Hold { get; init; }

    /// <summary>Nothing ever says that it is over; it ends this long after the last report. Null: the source says so.</summary>
    public TimeSpan? Lasts { get; init; }

    /// <summary>Whether each further report while it is active is told to the outside; otherwise only those with pictures.</summary>
    public bool EveryReportIsEvidence { get; init; }

    /// <summary>Whether it becomes unknown when its sources go silent. Not so for what is over when it happened, and for the silence itself.</summary>
    public bool SourceMustLive { get; init; } = true;

    /// <summary>Stands in the first cause where no event does: the metric, or what was noticed.</summary>
    public string CauseName { get; init; } = "";
}
