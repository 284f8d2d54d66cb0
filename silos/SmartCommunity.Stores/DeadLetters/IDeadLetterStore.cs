using System.Collections.Immutable;
using SmartCommunity.Events;

namespace SmartCommunity.Stores.DeadLetters;

/// <summary>The messages that were not understood, with the reason. Identified by gateway and journal sequence, so that a replay adds none.</summary>
public interface IDeadLetterStore
{
    /// <summary>Stores dead letters; one that is stored already is left as it is. They are on disk when it returns.</summary>
    ValueTask AppendAsync(IReadOnlyList<StoredDeadLetter> letters, CancellationToken cancellationToken);

    /// <summary>Dead letters, newest first.</summary>
    /// <param name="cursor">Where the page before ended, or null.</param>
    /// <param name="limit">1 to 500.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="FormatException">The cursor is not one that a page ended with.</exception>
    ValueTask<DeadLetterPage> ListAsync(string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>How many there are.</summary>
    ValueTask<long> CountAsync(CancellationToken cancellationToken);
}

/// <summary>A dead letter as it is kept.</summary>
public sealed record StoredDeadLetter(string Gateway, long Sequence, DateTimeOffset ReceivedAt, DeadLetter Letter);

/// <summary>A page of dead letters.</summary>
public sealed record DeadLetterPage(ImmutableArray<StoredDeadLetter> Items, string? Next);
