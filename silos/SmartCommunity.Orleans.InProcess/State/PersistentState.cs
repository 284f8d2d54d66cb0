using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using SmartCommunity.Orleans.InProcess.Activations;

namespace SmartCommunity.Orleans.InProcess.State;

/// <summary>A state that is read when its grain is activated.</summary>
internal interface ILoadedState
{
    Task ReadStateAsync();
}

/// <inheritdoc cref="IPersistentState{TState}"/>
internal sealed class PersistentState<TState>(string name, Activation activation, IGrainStorage storage) : IPersistentState<TState>, ILoadedState
{
    private readonly GrainState<TState> _record = new(NewState.Of<TState>());
    private bool _loaded;

    public TState State
    {
        get => _record.State;
        set => _record.State = value;
    }

    public string? Etag => _record.ETag;

    public bool RecordExists => _loaded ? _record.RecordExists : throw new InvalidOperationException($"State \"{name}\" has not been read yet.");

    public async Task ReadStateAsync()
    {
        await Run(() => storage.ReadStateAsync(name, activation.GrainId, _record), "read");
        _record.State ??= NewState.Of<TState>();
        _loaded = true;
    }

    public Task WriteStateAsync() => Run(() => storage.WriteStateAsync(name, activation.GrainId, _record), "written");

    public async Task ClearStateAsync()
    {
        await Run(() => storage.ClearStateAsync(name, activation.GrainId, _record), "cleared");
        _record.State ??= NewState.Of<TState>();
    }

    /// <summary>As Orleans does: what is not an Orleans exception already is wrapped in one that says which state it was.</summary>
    private async Task Run(Func<Task> operation, string verb)
    {
        try
        {
            await operation();
        }
        catch (Exception exception) when (exception is not OrleansException)
        {
            throw new OrleansException($"State \"{name}\" of grain {activation.GrainId} could not be {verb}: {exception.Message}", exception);
        }
    }
}
