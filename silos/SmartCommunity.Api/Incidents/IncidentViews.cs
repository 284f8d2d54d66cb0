using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using SmartCommunity.Events;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Incidents.Cases;

namespace SmartCommunity.Api.Incidents;

/// <summary>A case (案卷) in a list.</summary>
public record IncidentItem
{
    public required string Id { get; init; }

    public required string Community { get; init; }

    public required string Grid { get; init; }

    public required string? Building { get; init; }

    public required string? Zone { get; init; }

    /// <summary>What it is about: usually an event kind's name.</summary>
    public required string Kind { get; init; }

    public required Severity Severity { get; init; }

    public required IncidentState State { get; init; }

    /// <summary>What machine A says of the condition behind it (告警态).</summary>
    public required ConditionPhase Condition { get; init; }

    /// <summary>In the language that was asked for.</summary>
    public required string Title { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When its stage must be over; null while no clock runs.</summary>
    public required DateTimeOffset? DeadlineAt { get; init; }

    /// <summary>green, yellow or red; null while no clock runs.</summary>
    public required string? Light { get; init; }

    /// <summary>Rises by one with every change; for If-Match.</summary>
    public required long Version { get; init; }

    /// <summary>The dedup key: at most one open case has it.</summary>
    public required string Key { get; init; }

    /// <summary>Whether it still wants attention.</summary>
    public required bool Open { get; init; }

    public required ImmutableArray<string> Devices { get; init; }

    /// <summary>Who it is offered to or who works on it, with the state of their task.</summary>
    public required ImmutableArray<AssigneeItem> Assignees { get; init; }

    /// <summary>The events behind it, oldest first; bounded.</summary>
    public required ImmutableArray<IncidentEventItem> Events { get; init; }

    /// <summary>How many events it has had, also those that are no longer listed.</summary>
    public required int EventsInAll { get; init; }

    public required WhyItem Why { get; init; }
}

/// <summary>A case by itself.</summary>
public sealed record IncidentDetail : IncidentItem
{
    [SetsRequiredMembers]
    internal IncidentDetail(IncidentItem item) : base(item)
    {
    }

    /// <summary>How often a check has sent it back.</summary>
    [JsonPropertyOrder(1)]
    public int Rework { get; init; }

    /// <summary>Whether people called it a false alarm (误报).</summary>
    [JsonPropertyOrder(1)]
    public bool FalseAlarm { get; init; }

    /// <summary>The case that it was merged into.</summary>
    [JsonPropertyOrder(1)]
    public string? MergedInto { get; init; }

    /// <summary>What happened to it, oldest first.</summary>
    [JsonPropertyOrder(1)]
    public ImmutableArray<TransitionItem> Transitions { get; init; } = [];

    /// <summary>Each person's assignment (派单).</summary>
    [JsonPropertyOrder(1)]
    public ImmutableArray<TaskItem> Tasks { get; init; } = [];

    /// <summary>Who was told by which channel.</summary>
    [JsonPropertyOrder(1)]
    public ImmutableArray<string> Notifications { get; init; } = [];

    /// <summary>The commands that the signed-in person may give now, in the order of a case's life.</summary>
    [JsonPropertyOrder(1)]
    public ImmutableArray<string> Allowed { get; init; } = [];
}

/// <summary>Why a case was raised: the rule, and one sentence with the numbers in it.</summary>
public sealed record WhyItem(string Rule, int RuleVersion, string Text);

/// <summary>Someone's part in a case.</summary>
public sealed record AssigneeItem(string Id, string Name, string Role, TaskState State, DateTimeOffset Since);

/// <summary>A task (派单): one person's assignment.</summary>
public sealed record TaskItem(string Assignee, string Role, TaskState State, DateTimeOffset Since);

/// <summary>An event behind a case.</summary>
public sealed record IncidentEventItem(
    string Id, string Device, string Kind, string Title, DateTimeOffset Time, double? Confidence, IReadOnlyList<EvidenceLink> Evidence);

/// <summary>One step of a case, chained by hash to the step before it.</summary>
public sealed record TransitionItem(
    int Seq, string Command, IncidentState? From, IncidentState To, string Actor, string ActorName, string Role, string Reason, DateTimeOffset EventTime,
    DateTimeOffset At,
    IReadOnlyList<EvidenceLink> Evidence, string Hash);
