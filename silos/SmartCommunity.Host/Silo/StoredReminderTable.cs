using Orleans.Runtime;
using SmartCommunity.Orleans.InProcess;
using SmartCommunity.Stores.Reminders;

namespace SmartCommunity.Host.Silo;

/// <summary>Keeps the reminders of the in-process host in the reminder store.</summary>
internal sealed class StoredReminderTable(IReminderStore store) : IReminderTable
{
    public async Task<IReadOnlyList<ReminderEntry>> ReadAllAsync(CancellationToken cancellationToken) =>
        [.. (await store.ReadAllAsync(cancellationToken)).Select(stored => new ReminderEntry(GrainId.Parse(stored.Grain), stored.Name, stored.StartAt, stored.Period, stored.NextAt))];

    public async Task UpsertAsync(ReminderEntry entry, CancellationToken cancellationToken) =>
        await store.UpsertAsync(new(entry.GrainId.ToString(), entry.Name, entry.FirstDueAt, entry.Period, entry.NextDueAt), cancellationToken);

    public async Task DeleteAsync(GrainId grainId, string name, CancellationToken cancellationToken) =>
        await store.DeleteAsync(grainId.ToString(), name, cancellationToken);
}
