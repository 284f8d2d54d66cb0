using System.Collections.Immutable;
using SmartCommunity.Communities.Files;
using SmartCommunity.Communities.Model;
using SmartCommunity.Events.Ids;
using SmartCommunity.Grains.Contracts;
using SmartCommunity.Stores.Directory;

namespace SmartCommunity.Grains.Communities;

/// <summary>Holds one community's roll-up, and is the one place where its file changes.</summary>
public sealed class CommunityGrain(CommunityDirectory directory, IDirectoryStore store, TimeProvider time) : Grain, ICommunityGrain
{
    private readonly Dictionary<(string Grid, string Building), PlaceSummary> _summaries = [];

    private CommunityId Id => CommunityId.FromTrusted(this.GetPrimaryKeyString());

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // Places tell changes only; whoever starts later asks once.
        foreach (var place in directory.Find(Id) is { } community ? CommunityPlaces.Of(community, GrainFactory) : [])
        {
            Keep((await place.ReadAsync()).Summary);
        }
    }

    /// <inheritdoc/>
    public Task<PlaceSummary[]> ReadSummariesAsync() => Task.FromResult<PlaceSummary[]>([.. _summaries.Values]);

    /// <inheritdoc/>
    public Task ReportAsync(PlaceSummary summary)
    {
        Keep(summary);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<PutCommunityAnswer> PutAsync(PutCommunity request)
    {
        var current = directory.Find(Id);
        var version = current?.Version ?? 0;
        if (request.ExpectedVersion is { } expected && expected != version)
        {
            return new() { Stored = false, Version = version };
        }

        var file = CommunityFile.Parse(request.File);
        var problems = file.Problems.Select(problem => new FileProblemView(problem.Path, problem.Message, problem.Hint)).Concat(Conflicts(file.Community)).ToArray();
        if (file.Community is not { } community || problems.Length > 0)
        {
            return new() { Stored = false, Version = version, Problems = problems };
        }

        if (!await store.WriteCommunityAsync(Id, request.File, version, time.GetUtcNow(), request.Actor, CancellationToken.None))
        {
            await directory.LoadAsync(CancellationToken.None);
            return new() { Stored = false, Version = directory.Find(Id)?.Version ?? 0 };
        }

        await directory.LoadAsync(CancellationToken.None);
        await TellPlacesAsync(current, community);
        return new() { Stored = true, Version = version + 1 };
    }

    private async Task TellPlacesAsync(CommunitySnapshot? before, Community after)
    {
        var snapshot = directory.Find(after.Id)!;
        var places = CommunityPlaces.Of(snapshot, GrainFactory);
        if (before is not null)
        {
            places = places.Union(CommunityPlaces.Of(before, GrainFactory));
        }

        foreach (var gone in _summaries.Keys.Where(key => key.Building.Length > 0 && !snapshot.Buildings.ContainsKey(BuildingId.FromTrusted(key.Building))).ToArray())
        {
            _summaries.Remove(gone);
        }

        await Task.WhenAll(places.Select(place => place.ReloadAsync(snapshot.Version)));
    }

    private IEnumerable<FileProblemView> Conflicts(Community? community)
    {
        if (community is null)
        {
            yield break;
        }

        if (community.Id != Id)
        {
            yield return new("id", $"'{community.Id}' is not the community that is being stored", $"write {Id}");
        }

        var others = directory.Communities.Where(other => other.Community.Id != Id).ToImmutableArray();
        for (var i = 0; i < community.Devices.Length; i++)
        {
            if (others.FirstOrDefault(other => other.Devices.ContainsKey(community.Devices[i].Id)) is { } owner)
            {
                yield return new($"devices[{i}].id", $"'{community.Devices[i].Id}' belongs to community {owner.Community.Id}", "device ids are unique in a deployment; choose another");
            }
        }
    }

    private void Keep(PlaceSummary summary)
    {
        var key = (summary.Grid, summary.Building);
        if (summary.Grid.Length > 0 && (!_summaries.TryGetValue(key, out var known) || known.Revision <= summary.Revision))
        {
            _summaries[key] = summary;
        }
    }
}
