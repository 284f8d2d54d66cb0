using System.Collections.Immutable;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Incidents.Cases;
using SmartCommunity.Stores.Outbox;

namespace SmartCommunity.Stores.Incidents;

/// <summary>The cases and their transitions. A change is on disk when its commit returns.</summary>
public interface IIncidentStore
{
    /// <summary>Stores the next snapshot, its transitions, the answered command and the outbox rows in one transaction.</summary>
    ValueTask<IncidentCommitResult> CommitAsync(IncidentCommit commit, CancellationToken cancellationToken);

    /// <summary>One case, or null.</summary>
    ValueTask<Incident?> FindAsync(IncidentId id, CancellationToken cancellationToken);

    /// <summary>The open case with a dedup key, or null. There is never more than one (invariant 1).</summary>
    ValueTask<IncidentId?> FindOpenAsync(string key, CancellationToken cancellationToken);

    /// <summary>The transitions of a case, oldest first.</summary>
    ValueTask<ImmutableArray<Transition>> ReadTransitionsAsync(IncidentId id, CancellationToken cancellationToken);

    /// <summary>The transition that a command made, or null when the command id has not been seen for this case (idempotent commands).</summary>
    ValueTask<Transition?> FindCommandAsync(IncidentId id, string commandId, CancellationToken cancellationToken);

    /// <summary>Cases, newest first.</summary>
    /// <exception cref="FormatException">The cursor is not one that a page ended with.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not 1 to 500.</exception>
    ValueTask<IncidentPage> ListAsync(IncidentQuery query, CancellationToken cancellationToken);

    /// <summary>How many open cases of each severity a place has: for summaries.</summary>
    ValueTask<ImmutableArray<OpenCount>> CountOpenAsync(CommunityId community, CancellationToken cancellationToken);
}

/// <summary>What a commit stores.</summary>
public sealed record IncidentCommit
{
    /// <summary>The snapshot to store.</summary>
    public required Incident Incident { get; init; }

    /// <summary>The version that must be stored now; 0 when the case must not exist yet.</summary>
    public required long ExpectedVersion { get; init; }

    /// <summary>The new transitions.</summary>
    public required ImmutableArray<Transition> Transitions { get; init; }

    /// <summary>The rows for the live feed; their sequence is given by the store.</summary>
    public required ImmutableArray<OutboxRow> Outbox { get; init; }
}

/// <summary>What became of a commit.</summary>
/// <param name="Outcome">Whether it is stored.</param>
/// <param name="OpenCase">For <see cref="IncidentCommitOutcome.KeyTaken"/>: the open case that has the key.</param>
public readonly record struct IncidentCommitResult(IncidentCommitOutcome Outcome, IncidentId? OpenCase = null);

/// <summary>The outcomes of a commit.</summary>
public enum IncidentCommitOutcome : byte
{
    /// <summary>On disk.</summary>
    Stored = 0,

    /// <summary>Another version is stored; nothing was changed.</summary>
    VersionConflict = 1,

    /// <summary>Another open case has the dedup key; nothing was changed.</summary>
    KeyTaken = 2,

    /// <summary>A command id of the transitions was answered before; nothing was changed. Look it up with
    /// <see cref="IIncidentStore.FindCommandAsync"/>.</summary>
    CommandTaken = 3,
}

/// <summary>Which cases to list. Null and empty fields do not restrict.</summary>
public sealed record IncidentQuery
{
    public CommunityId? Community { get; init; }

    public ImmutableArray<IncidentState> States { get; init; } = [];

    /// <summary>True: only open ones; false: only ended ones.</summary>
    public bool? Open { get; init; }

    public ImmutableArray<Severity> Severities { get; init; } = [];

    public BuildingId? Building { get; init; }

    public GridId? Grid { get; init; }

    public string? Kind { get; init; }

    public DeviceId? Device { get; init; }

    /// <summary>Text that occurs in the title, the reason or the id.</summary>
    public string? Text { get; init; }

    /// <summary>Opened at or after.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Opened before.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Where the page before ended: <see cref="IncidentPage.Next"/>.</summary>
    public string? Cursor { get; init; }

    /// <summary>1 to 500. Default: 50.</summary>
    public int Limit { get; init; } = 50;
}

/// <summary>A page of cases.</summary>
/// <param name="Items">The cases, newest first.</param>
/// <param name="Next">The cursor of the next page; null at the end.</param>
public sealed record IncidentPage(ImmutableArray<Incident> Items, string? Next);

/// <summary>How many open cases.</summary>
public sealed record OpenCount(GridId Grid, BuildingId? Building, Severity Severity, int Count);
