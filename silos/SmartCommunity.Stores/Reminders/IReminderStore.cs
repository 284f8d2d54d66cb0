using System.Collections.Immutable;

namespace SmartCommunity.Stores.Reminders;

/// <summary>Durable reminders of grains. A reminder is on disk when its write returns.</summary>
public interface IReminderStore
{
    /// <summary>All reminders.</summary>
    ValueTask<ImmutableArray<StoredReminder>> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>Adds or replaces a reminder.</summary>
    ValueTask UpsertAsync(StoredReminder reminder, CancellationToken cancellationToken);

    /// <summary>Removes a reminder; nothing happens when there is none.</summary>
    ValueTask DeleteAsync(string grain, string name, CancellationToken cancellationToken);
}

/// <summary>A reminder as it is kept.</summary>
/// <param name="Grain">The grain's id: type and key.</param>
/// <param name="Name">The reminder's name within the grain.</param>
/// <param name="StartAt">When it first fires; later ones follow every period.</param>
/// <param name="Period">The period.</param>
/// <param name="NextAt">When the next tick is due that has not been delivered: a restart moves no deadline.</param>
public sealed record StoredReminder(string Grain, string Name, DateTimeOffset StartAt, TimeSpan Period, DateTimeOffset NextAt);
