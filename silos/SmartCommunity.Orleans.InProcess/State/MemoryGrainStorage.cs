using System.Globalization;
using System.Text.Json;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using SmartCommunity.Orleans.InProcess.State;

namespace SmartCommunity.Orleans.InProcess;

/// <summary>
/// Grain states in memory, for tests: as JSON, so that what a grain changes after writing does not change the record. It outlives
/// the host when the same object is registered with the next one.
/// </summary>
/// <param name="json">How states are turned into JSON. Default: properties and fields.</param>
public sealed class MemoryGrainStorage(JsonSerializerOptions? json = null) : IGrainStorage
{
    private readonly JsonSerializerOptions _json = json ?? new JsonSerializerOptions { IncludeFields = true };
    private readonly Lock _gate = new();
    private readonly Dictionary<(string State, GrainId Grain), (byte[] Json, string ETag)> _records = [];
    private long _lastETag;

    /// <summary>How many records there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _records.Count;
        }
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        lock (_gate)
        {
            grainState.RecordExists = _records.TryGetValue((stateName, grainId), out var record);
            grainState.ETag = record.ETag;
            grainState.State = grainState.RecordExists ? JsonSerializer.Deserialize<T>(record.Json, _json)! : NewState.Of<T>();
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(grainState.State, _json);
        lock (_gate)
        {
            if (Conflict(stateName, grainId, grainState.ETag) is { } conflict)
                return Task.FromException(conflict);
            grainState.ETag = (++_lastETag).ToString(CultureInfo.InvariantCulture);
            grainState.RecordExists = true;
            _records[(stateName, grainId)] = (bytes, grainState.ETag);
        }

        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        lock (_gate)
        {
            if (Conflict(stateName, grainId, grainState.ETag) is { } conflict)
                return Task.FromException(conflict);
            _records.Remove((stateName, grainId));
        }

        grainState.ETag = null;
        grainState.RecordExists = false;
        grainState.State = NewState.Of<T>();
        return Task.CompletedTask;
    }

    private InconsistentStateException? Conflict(string stateName, GrainId grainId, string? eTag)
    {
        var stored = _records.TryGetValue((stateName, grainId), out var record) ? record.ETag : null;
        return stored == eTag ? null : new InconsistentStateException($"State \"{stateName}\" of grain {grainId} has been written by somebody else.", stored, eTag);
    }
}
