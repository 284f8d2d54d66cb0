namespace SmartCommunity.Journal;

/// <summary>The journal can not take or confirm records any more: a write or flush failed, or it was closed. Nothing that waits may be acknowledged.</summary>
public sealed class JournalFailedException(string message, Exception? reason = null) : IOException(message, reason);

/// <summary>There is no room on the disk. Nothing was lost; the same operation may be tried again.</summary>
public sealed class JournalDiskFullException(string message, Exception? reason = null) : IOException(message, reason);

/// <summary>Another journal, here or in another process, has the folder open.</summary>
public sealed class JournalInUseException(string folder, Exception? reason = null)
    : IOException($"The journal folder '{folder}' is in use by another process. Stop that process, or give this one a folder of its own.", reason);

/// <summary>A reader asked for a sequence that was already removed, because it had been confirmed.</summary>
public sealed class JournalTrimmedException(long asked, long first)
    : IOException($"Sequence {asked} is no longer in the journal; it starts at {first}.")
{
    /// <summary>The first sequence that is still there.</summary>
    public long FirstSequence { get; } = first;
}

/// <summary>Bytes that should be undamaged records are not.</summary>
public sealed class JournalDamagedException(string message, RecoveryReport? report = null) : IOException(message)
{
    /// <summary>All that recovery found, when it was recovery that found it.</summary>
    public RecoveryReport? Report { get; } = report;

    internal static JournalDamagedException InBuffer(int offset, string what) => new($"Damaged journal record at byte {offset} of the buffer: {what}.");

    internal static JournalDamagedException InSegment(string segment, long offset, long expected)
        => new($"Damaged journal: segment '{segment}' holds no whole record {expected} at byte {offset}.");
}
