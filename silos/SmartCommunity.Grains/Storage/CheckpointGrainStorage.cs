using System.Text.Json;
using Orleans.Runtime;
using Orleans.Storage;
using SmartCommunity.Stores.Checkpoints;

namespace SmartCommunity.Grains.Storage;

/// <summary>Keeps the state of grains in the checkpoint store, as JSON.</summary>
public sealed class CheckpointGrainStorage(ICheckpointStore store) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var stored = await store.ReadAsync(stateName, grainId.ToString(), CancellationToken.None);
        grainState.RecordExists = stored is not null;
        grainState.ETag = stored?.ETag;
        grainState.State = stored is null ? Activator.CreateInstance<T>() : JsonSerializer.Deserialize<T>(stored.State.Span)!;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(grainState.State);
        var etag = await store.WriteAsync(stateName, grainId.ToString(), bytes, grainState.ETag, CancellationToken.None);
        grainState.ETag = etag ?? throw Conflict(stateName, grainId, grainState.ETag);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (!await store.ClearAsync(stateName, grainId.ToString(), grainState.ETag, CancellationToken.None))
        {
            throw Conflict(stateName, grainId, grainState.ETag);
        }

        grainState.ETag = null;
        grainState.RecordExists = false;
        grainState.State = Activator.CreateInstance<T>();
    }

    private static InconsistentStateException Conflict(string stateName, GrainId grainId, string? etag) =>
        new($"The state '{stateName}' of {grainId} was changed by somebody else.", storedEtag: "(another)", currentEtag: etag);
}
