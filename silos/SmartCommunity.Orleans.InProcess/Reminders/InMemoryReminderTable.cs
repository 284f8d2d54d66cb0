using System.Collections.Concurrent;
using Orleans.Runtime;

namespace SmartCommunity.Orleans.InProcess;

/// <summary>Reminders in memory, for tests. They outlive the host when the same object is registered with the next one.</summary>
public sealed class InMemoryReminderTable : IReminderTable
{
    private readonly ConcurrentDictionary<(GrainId, string), ReminderEntry> _entries = new();

    /// <summary>What is stored now.</summary>
    public IReadOnlyCollection<ReminderEntry> Entries => [.. _entries.Values];

    public Task<IReadOnlyList<ReminderEntry>> ReadAllAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ReminderEntry>>([.. _entries.Values]);

    public Task UpsertAsync(ReminderEntry entry, CancellationToken cancellationToken)
    {
        _entries[(entry.GrainId, entry.Name)] = entry;
        return Task.CompletedTask;
    }

    public Task DeleteAsync(GrainId grainId, string name, CancellationToken cancellationToken)
    {
        _entries.TryRemove((grainId, name), out _);
        return Task.CompletedTask;
    }
}
