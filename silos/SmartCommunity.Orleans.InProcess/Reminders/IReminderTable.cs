using Orleans.Runtime;

namespace SmartCommunity.Orleans.InProcess;

/// <summary>A reminder as it is stored.</summary>
/// <param name="GrainId">Whose it is.</param>
/// <param name="Name">Its name within the grain.</param>
/// <param name="FirstDueAt">When its first tick was due; the ticks are due at this time and whole periods after it.</param>
/// <param name="Period">From one tick to the next.</param>
/// <param name="NextDueAt">When the next tick is due that has not been delivered. A restart fires it then, or at once when that is past.</param>
public sealed record ReminderEntry(GrainId GrainId, string Name, DateTimeOffset FirstDueAt, TimeSpan Period, DateTimeOffset NextDueAt);

/// <summary>
/// Where reminders are kept: the port that a store implements. Writes are durable when their task completes. Methods may be called
/// at once for different reminders, and for one reminder one at a time.
/// </summary>
public interface IReminderTable
{
    /// <summary>All reminders; asked once, when the host starts.</summary>
    Task<IReadOnlyList<ReminderEntry>> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>Stores a reminder in the place of the one with its grain and name, if there is one.</summary>
    Task UpsertAsync(ReminderEntry entry, CancellationToken cancellationToken);

    /// <summary>Removes a reminder; nothing happens when there is none.</summary>
    Task DeleteAsync(GrainId grainId, string name, CancellationToken cancellationToken);
}
