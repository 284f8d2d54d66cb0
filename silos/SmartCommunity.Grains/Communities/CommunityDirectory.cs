using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using SmartCommunity.Communities.Files;
using SmartCommunity.Communities.Model;
using SmartCommunity.Events.Ids;
using SmartCommunity.Rules.Places;
using SmartCommunity.Stores.Directory;

namespace SmartCommunity.Grains.Communities;

/// <summary>The communities of this deployment as snapshots in use; one instance per silo. Swapped whole by <see cref="LoadAsync"/>.</summary>
public sealed class CommunityDirectory(IDirectoryStore store, ILogger<CommunityDirectory> logger)
{
    private volatile Index _index = Index.Empty;

    /// <summary>Raised after a swap, on the caller of <see cref="LoadAsync"/>.</summary>
    public event Action? Changed;

    /// <summary>All communities, in the order of their ids.</summary>
    public ImmutableArray<CommunitySnapshot> Communities => _index.Communities;

    /// <summary>One community, or null.</summary>
    public CommunitySnapshot? Find(CommunityId id) => _index.ById.GetValueOrDefault(id);

    /// <summary>Where a device belongs.</summary>
    public bool TryFindDevice(DeviceId id, [NotNullWhen(true)] out DeviceFacts? device) => _index.Devices.TryGetValue(id, out device);

    /// <summary>A person with the communities that they belong to; the same person may serve several.</summary>
    public ImmutableArray<(CommunitySnapshot Community, Person Person)> FindPerson(PersonId id) =>
        [.. from community in Communities where community.People.ContainsKey(id) select (community, community.People[id])];

    /// <summary>Reads all community files anew. A file that can not be read keeps its last good snapshot.</summary>
    /// <exception cref="InvalidDataException">A file can not be read and there is no snapshot of it yet.</exception>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var snapshots = ImmutableArray.CreateBuilder<CommunitySnapshot>();
        foreach (var stored in await store.ReadCommunitiesAsync(cancellationToken))
        {
            if (Find(stored.Id) is { } current && current.Version == stored.Version)
            {
                snapshots.Add(current);
                continue;
            }

            var file = CommunityFile.Parse(stored.Yaml);
            if (file.Community is { } community)
            {
                snapshots.Add(new(community, stored.Version));
            }
            else if (Find(stored.Id) is { } lastGood)
            {
                logger.StoredCommunityUnreadable(stored.Id.Value, file.Problems.Count, file.Problems[0].Message);
                snapshots.Add(lastGood);
            }
            else
            {
                throw new InvalidDataException($"The stored community {stored.Id} has {file.Problems.Count} problems; the first at {file.Problems[0].Path}: {file.Problems[0].Message}.");
            }
        }

        _index = new(snapshots.ToImmutable());
        Changed?.Invoke();
    }

    private sealed class Index(ImmutableArray<CommunitySnapshot> communities)
    {
        public static Index Empty { get; } = new([]);

        public ImmutableArray<CommunitySnapshot> Communities { get; } = communities;

        public FrozenDictionary<CommunityId, CommunitySnapshot> ById { get; } = communities.ToFrozenDictionary(item => item.Community.Id);

        // A device id is unique within the deployment: PUT refuses a file that takes another community's device.
        public FrozenDictionary<DeviceId, DeviceFacts> Devices { get; } =
            communities.SelectMany(item => item.Facts.Values).DistinctBy(device => device.Id).ToFrozenDictionary(device => device.Id);
    }
}
