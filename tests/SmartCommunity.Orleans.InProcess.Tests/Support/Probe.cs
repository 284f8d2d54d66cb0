using System.Collections.Concurrent;

namespace SmartCommunity.Orleans.InProcess.Tests.Support;

/// <summary>What tests see of their grains, and how they hold them: a service that both share.</summary>
public sealed class Probe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _lives = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly List<string> _log = [];
    private readonly List<(Func<IReadOnlyList<string>, bool> Holds, TaskCompletionSource Done)> _waits = [];

    public IReadOnlyList<string> Log
    {
        get
        {
            lock (_lock)
                return [.. _log];
        }
    }

    /// <summary>The how-manieth activation of this key it is, from 1.</summary>
    public int NextLife(string key) => _lives.AddOrUpdate(key, 1, (_, life) => life + 1);

    public bool Has(string entry) => Log.Any(one => one == entry);

    public void Write(string entry)
    {
        lock (_lock)
        {
            _log.Add(entry);
            foreach (var wait in _waits.Where(wait => wait.Holds(_log)).ToList())
            {
                _waits.Remove(wait);
                wait.Done.SetResult();
            }
        }
    }

    /// <summary>Completes when the entry has been written so many times.</summary>
    public Task Seen(string entry, int times = 1)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (Holds(_log))
                return Task.CompletedTask;
            _waits.Add((Holds, done));
        }

        return done.Task.WaitAsync(Patience);

        bool Holds(IReadOnlyList<string> log) => log.Count(one => one == entry) >= times;
    }

    /// <summary>What a grain awaits, until the test opens it.</summary>
    public Task Gate(string name) => GateOf(name).Task;

    public void Open(string name) => GateOf(name).TrySetResult();

    private TaskCompletionSource GateOf(string name) =>
        _gates.GetOrAdd(name, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
