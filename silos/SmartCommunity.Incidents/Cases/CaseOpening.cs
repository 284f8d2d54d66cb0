using System.Collections.Immutable;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Incidents.Cases;

/// <summary>What a rule knows when it raises a case.</summary>
public sealed record CaseOpening
{
    public required IncidentId Id { get; init; }

    public required CommunityId Community { get; init; }

    public required GridId Grid { get; init; }

    public BuildingId? Building { get; init; }

    public ZoneId? Zone { get; init; }

    public required string Kind { get; init; }

    public required Severity Severity { get; init; }

    public required string Key { get; init; }

    public required LocalizedText Title { get; init; }

    public required IncidentReason Why { get; init; }

    /// <summary>How sure the source is, 0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>Whether the system registers and dispatches it under a standing delegation.</summary>
    public required bool DispatchAutomatically { get; init; }

    /// <summary>When the condition became active (event time).</summary>
    public required DateTimeOffset EventTime { get; init; }

    public ImmutableArray<DeviceId> Devices { get; init; } = [];

    public ImmutableArray<IncidentEvent> Events { get; init; } = [];

    /// <summary>Who is offered the task when it is dispatched automatically, first choice first.</summary>
    public ImmutableArray<Assignment> Candidates { get; init; } = [];
}
