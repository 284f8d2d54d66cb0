using System.Collections.Immutable;
using SmartCommunity.Events.Ids;
using SmartCommunity.Incidents.Cases;
using SmartCommunity.Stores.Faults;
using SmartCommunity.Stores.Incidents;

namespace SmartCommunity.Grains.Tests.Faults;

/// <summary>The real store, which refuses some commits.</summary>
internal sealed class FailingIncidentStore(IIncidentStore inner) : IIncidentStore
{
    /// <summary>How many of the next commits fail.</summary>
    public int Failures { get; set; }

    public ValueTask<IncidentCommitResult> CommitAsync(IncidentCommit commit, CancellationToken cancellationToken) =>
        Failures-- > 0 ? throw new StoreUnavailableException("The disk is full (test).") : inner.CommitAsync(commit, cancellationToken);

    public ValueTask<Incident?> FindAsync(IncidentId id, CancellationToken cancellationToken) => inner.FindAsync(id, cancellationToken);

    public ValueTask<IncidentId?> FindOpenAsync(string key, CancellationToken cancellationToken) => inner.FindOpenAsync(key, cancellationToken);

    public ValueTask<ImmutableArray<Transition>> ReadTransitionsAsync(IncidentId id, CancellationToken cancellationToken) => inner.ReadTransitionsAsync(id, cancellationToken);

    public ValueTask<Transition?> FindCommandAsync(IncidentId id, string commandId, CancellationToken cancellationToken) => inner.FindCommandAsync(id, commandId, cancellationToken);

    public ValueTask<IncidentPage> ListAsync(IncidentQuery query, CancellationToken cancellationToken) => inner.ListAsync(query, cancellationToken);

    public ValueTask<ImmutableArray<OpenCount>> CountOpenAsync(CommunityId community, CancellationToken cancellationToken) => inner.CountOpenAsync(community, cancellationToken);
}
