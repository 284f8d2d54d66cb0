namespace SmartCommunity.Journal;

/// <summary>Whether a journal takes records.</summary>
public enum JournalState : byte
{
    /// <summary>It does.</summary>
    Running,

    /// <summary>There is no room for the next segment. What was appended waits in memory; it goes on by itself when there is room.</summary>
    DiskFull,

    /// <summary>A write or a flush has failed, or the journal is closed. It takes nothing any more.</summary>
    Failed,
}
