using System.Collections.Immutable;
using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Incidents.Cases;

/// <summary>What machine A (the condition) tells an existing case. The same news again changes nothing.</summary>
public sealed record CaseNews
{
    /// <summary>The condition's phase now; null when the news is not about it.</summary>
    public ConditionPhase? Condition { get; init; }

    /// <summary>Further events behind the case. One that the case lists already (same device and id) counts once.</summary>
    public ImmutableArray<IncidentEvent> Events { get; init; } = [];

    /// <summary>A severity that the rule has come to; it only ever raises the case's. Null: no change.</summary>
    public Severity? Severity { get; init; }

    /// <summary>When it happened (event time).</summary>
    public required DateTimeOffset EventTime { get; init; }

    /// <summary>One sentence of the rule's; null takes a standard one.</summary>
    public LocalizedText? Text { get; init; }
}
