using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using SmartCommunity.Orleans.InProcess.Tests.Support;

namespace SmartCommunity.Orleans.InProcess.Tests.State;

[GenerateSerializer]
[Alias("note")]
public sealed class Note
{
    [Id(0)]
    public string Text { get; set; } = "new";

    [Id(1)]
    public List<int> Numbers { get; set; } = [];
}

/// <summary>A state without a parameterless constructor.</summary>
[GenerateSerializer, Immutable]
public sealed record Mark([property: Id(0)] int Value);

public interface INoteGrain : IGrainWithStringKey
{
    Task<string> Read();

    Task Write(string text);

    Task WriteMark(int value);

    Task<int?> MarkValue();

    Task Clear();

    Task<(string? Etag, bool Exists)> Version();

    /// <summary>Writes, and does not let a conflict out.</summary>
    Task<bool> TryWrite(string text);

    Task WriteInTimer(string text);
}

public sealed class NoteGrain(
    [PersistentState("note", "memory")] IPersistentState<Note> note,
    Probe probe,
    [PersistentState("mark", "memory")] IPersistentState<Mark?> mark) : Grain, INoteGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        probe.Write($"activated with {note.State.Text}");
        return Task.CompletedTask;
    }

    public Task<string> Read() => Task.FromResult(note.State.Text);

    public Task Write(string text)
    {
        note.State.Text = text;
        return note.WriteStateAsync();
    }

    public Task WriteMark(int value)
    {
        mark.State = new(value);
        return mark.WriteStateAsync(CancellationToken.None);
    }

    public Task<int?> MarkValue() => Task.FromResult(mark.RecordExists ? mark.State?.Value : null);

    public Task Clear() => note.ClearStateAsync();

    public Task<(string? Etag, bool Exists)> Version() => Task.FromResult((note.Etag, note.RecordExists));

    public async Task<bool> TryWrite(string text)
    {
        try
        {
            await Write(text);
            return true;
        }
        catch (InconsistentStateException)
        {
            await note.ReadStateAsync();
            return false;
        }
    }

    public Task WriteInTimer(string text)
    {
        this.RegisterGrainTimer(() => Write(text), TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }
}

public interface IProxyGrain : IGrainWithStringKey
{
    Task<int> Lives();

    Task Write(string key, string text);
}

/// <summary>Calls the note grain, and lets its failure pass.</summary>
public sealed class ProxyGrain : Grain, IProxyGrain
{
    private int _calls;

    public Task<int> Lives() => Task.FromResult(_calls);

    public Task Write(string key, string text)
    {
        _calls++;
        return GrainFactory.GetGrain<INoteGrain>(key).Write(text);
    }
}

public interface ILostGrain : IGrainWithStringKey
{
    Task Ping();
}

public sealed class LostGrain([PersistentState("state", "nowhere")] IPersistentState<Note> state) : Grain, ILostGrain
{
    public Task Ping() => Task.FromResult(state.State);
}
