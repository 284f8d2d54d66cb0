using System.Collections.Concurrent;
using System.Collections.Immutable;
using SmartCommunity.Events.Ids;
using SmartCommunity.Incidents.Cases;
using SmartCommunity.Stores.Incidents;

namespace SmartCommunity.Api.Tests.Support;

/// <summary>Cases in memory. Lists are filtered, newest first, and paged by position.</summary>
internal sealed class FakeIncidentStore : IIncidentStore
{
    private readonly ConcurrentDictionary<IncidentId, Incident> _incidents = [];
    private readonly ConcurrentDictionary<IncidentId, ImmutableArray<Transition>> _transitions = [];

    /// <summary>The last query that was asked.</summary>
    public IncidentQuery? LastQuery { get; private set; }

    public ValueTask<IncidentCommitResult> CommitAsync(IncidentCommit commit, CancellationToken cancellationToken)
    {
        _incidents[commit.Incident.Id] = commit.Incident;
        _transitions.AddOrUpdate(commit.Incident.Id, commit.Transitions, (_, before) => before.AddRange(commit.Transitions));
        return ValueTask.FromResult(new IncidentCommitResult(IncidentCommitOutcome.Stored));
    }

    public ValueTask<Incident?> FindAsync(IncidentId id, CancellationToken cancellationToken) => ValueTask.FromResult(_incidents.GetValueOrDefault(id));

    public ValueTask<IncidentId?> FindOpenAsync(string key, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_incidents.Values.FirstOrDefault(item => item.IsOpen && item.Key == key)?.Id);

    public ValueTask<ImmutableArray<Transition>> ReadTransitionsAsync(IncidentId id, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_transitions.GetValueOrDefault(id, []));

    public ValueTask<Transition?> FindCommandAsync(IncidentId id, string commandId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_transitions.GetValueOrDefault(id, []).FirstOrDefault(step => step.CommandId == commandId));

    public ValueTask<IncidentPage> ListAsync(IncidentQuery query, CancellationToken cancellationToken)
    {
        LastQuery = query;
        var start = query.Cursor is null ? 0 : int.Parse(query.Cursor, System.Globalization.CultureInfo.InvariantCulture);
        var all = _incidents.Values
            .Where(item => (query.Community is null || item.Community == query.Community)
                && (query.Open is null || item.IsOpen == query.Open)
                && (query.States.IsEmpty || query.States.Contains(item.State))
                && (query.Severities.IsEmpty || query.Severities.Contains(item.Severity))
                && (query.Building is null || item.Building == query.Building))
            .OrderByDescending(item => item.OpenedAt).ThenBy(item => item.Id.Value, StringComparer.Ordinal)
            .ToList();
        var end = start + query.Limit;
        return ValueTask.FromResult(new IncidentPage([.. all.Skip(start).Take(query.Limit)], end < all.Count ? $"{end}" : null));
    }

    public ValueTask<ImmutableArray<OpenCount>> CountOpenAsync(CommunityId community, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ImmutableArray<OpenCount>.Empty);
}
