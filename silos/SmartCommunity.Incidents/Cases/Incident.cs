using System.Collections.Immutable;
using SmartCommunity.Events;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Incidents.People;

namespace SmartCommunity.Incidents.Cases;

/// <summary>One case (案卷) as it stands: an immutable snapshot; every transition makes the next one.</summary>
public sealed record Incident
{
    public required IncidentId Id { get; init; }

    public required CommunityId Community { get; init; }

    public required GridId Grid { get; init; }

    public BuildingId? Building { get; init; }

    public ZoneId? Zone { get; init; }

    /// <summary>What it is about: usually an event kind's name, for example <c>falling-object</c>.</summary>
    public required string Kind { get; init; }

    public required Severity Severity { get; init; }

    public required IncidentState State { get; init; }

    /// <summary>What machine A says of the condition behind it; it never moves the state in silence.</summary>
    public required ConditionPhase Condition { get; init; }

    public required LocalizedText Title { get; init; }

    /// <summary>When the system opened it (processing time).</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it last changed (processing time).</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When its stage must be over; null while no clock runs.</summary>
    public DateTimeOffset? DeadlineAt { get; init; }

    /// <summary>Rises by one with every change; a command may name the version that it was decided on.</summary>
    public required long Version { get; init; }

    /// <summary>The dedup key: at most one open case has it.</summary>
    public required string Key { get; init; }

    /// <summary>Why it was raised.</summary>
    public required IncidentReason Why { get; init; }

    public ImmutableArray<DeviceId> Devices { get; init; } = [];

    /// <summary>The events behind it, oldest first; bounded, see <see cref="EventsInAll"/>.</summary>
    public ImmutableArray<IncidentEvent> Events { get; init; } = [];

    /// <summary>How many events it has had, also those that are no longer listed.</summary>
    public int EventsInAll { get; init; }

    /// <summary>Who it is offered to or who works on it.</summary>
    public ImmutableArray<Assignment> Assignees { get; init; } = [];

    /// <summary>Who accepted it last (接单); a checker must be someone else.</summary>
    public PersonId? Handler { get; init; }

    /// <summary>Who checked it last.</summary>
    public PersonId? Checker { get; init; }

    /// <summary>What the last check said; null when there was none in this round.</summary>
    public bool? CheckPassed { get; init; }

    /// <summary>How often a check has sent it back.</summary>
    public int Rework { get; init; }

    /// <summary>Whether people called it a false alarm (误报).</summary>
    public bool FalseAlarm { get; init; }

    /// <summary>The case that it was merged into.</summary>
    public IncidentId? MergedInto { get; init; }

    /// <summary>The number of the last transition.</summary>
    public int LastTransition { get; init; }

    /// <summary>The hash of the last transition.</summary>
    public string LastHash { get; init; } = "";

    /// <summary>Whether it still wants attention: neither closed nor ended otherwise.</summary>
    public bool IsOpen => State is not (IncidentState.Closed or IncidentState.Evaluated or IncidentState.Rejected or IncidentState.Void or IncidentState.Merged);
}

/// <summary>Why a case was raised.</summary>
/// <param name="Rule">The rule, or <c>report</c> for a person's report.</param>
/// <param name="RuleVersion">Its version.</param>
/// <param name="Text">One sentence with the numbers in it.</param>
public sealed record IncidentReason(RuleId Rule, int RuleVersion, LocalizedText Text);

/// <summary>An event behind a case.</summary>
public sealed record IncidentEvent(
    string Id, DeviceId Device, string Kind, DateTimeOffset Time, double? Confidence, IReadOnlyList<EvidenceLink> Evidence);

/// <summary>One person's part in a case.</summary>
/// <param name="Person">Who.</param>
/// <param name="Role">In which role.</param>
/// <param name="State">Where the task stands: machine C.</param>
/// <param name="Since">Since when.</param>
public sealed record Assignment(PersonId Person, Role Role, TaskState State, DateTimeOffset Since);
