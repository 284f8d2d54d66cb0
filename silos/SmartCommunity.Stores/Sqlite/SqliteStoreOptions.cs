namespace SmartCommunity.Stores.Sqlite;

/// <summary>Where the embedded stores keep their data, and their limits.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>The name of the database in the data folder. SQLite keeps <c>-wal</c> and <c>-shm</c> files beside it.</summary>
    public const string FileName = "stores.db";

    /// <summary>The data folder; it is made when it is missing.</summary>
    public required string DataFolder { get; init; }

    /// <summary>How many connections read at the same time, 1 to 64. Default: 4, twice the cores of the machine that this is meant for.</summary>
    public int Readers { get; init; } = 4;

    /// <summary>Called on the writer's thread before it begins, for example to lower its priority. Default: nothing.</summary>
    public Action? WriterStarting { get; init; }

    /// <summary>
    /// How many writes of each lane wait at most, 1 to 1,000,000. Default: 1,024: some commits' worth, so that the writer never idles, and little enough
    /// that a caller feels a slow disk soon. Beyond it, callers wait.
    /// </summary>
    public int MaxWaitingWrites { get; init; } = 1_024;

    /// <summary>How many writes one transaction takes at most, 1 to 100,000. Default: 512; one flush is then shared by so many that more would save
    /// nothing.</summary>
    public int MaxGroup { get; init; } = 512;

    /// <summary>
    /// For how long one transaction takes further writes, 1 ms to 10 s. Default: 20 ms, so that bulk data delays a person's command by no more than that
    /// and a flush.
    /// </summary>
    public TimeSpan MaxGroupTime { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// After how many pages of 4 KiB the write-ahead log is copied back, 100 to 1,000,000. Default: 16,000 (64 MiB): large enough that hot pages are copied
    /// back
    /// once for many commits, small enough that opening after a crash takes less than a second.
    /// </summary>
    public int CheckpointPages { get; init; } = 16_000;

    /// <summary>How much memory the writer's page cache takes, in MiB, 1 to 4,096. Default: 64, the hot leaves of some ten thousand series. Readers take an
    /// eighth of it each.</summary>
    public int CacheMebibytes { get; init; } = 64;

    /// <summary>For how long rows of the outbox are kept, 1 minute to 10 years. Default: 7 days; a console that was away for longer reads the state
    /// anew.</summary>
    public TimeSpan OutboxRetention { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How many rows of the outbox are kept, 1 to 1,000,000,000. Default: 1,000,000, about half a gigabyte.</summary>
    public long OutboxRows { get; init; } = 1_000_000;

    /// <summary>Checks every limit.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message names it.</exception>
    public void Check()
    {
        Require(!string.IsNullOrWhiteSpace(DataFolder), nameof(DataFolder), "must name a folder");
        Require(Readers is >= 1 and <= 64, nameof(Readers), "must be 1 to 64");
        Require(MaxWaitingWrites is >= 1 and <= 1_000_000, nameof(MaxWaitingWrites), "must be 1 to 1,000,000");
        Require(MaxGroup is >= 1 and <= 100_000, nameof(MaxGroup), "must be 1 to 100,000");
        Require(MaxGroupTime.TotalSeconds is >= 0.001 and <= 10, nameof(MaxGroupTime), "must be 1 ms to 10 s");
        Require(CheckpointPages is >= 100 and <= 1_000_000, nameof(CheckpointPages), "must be 100 to 1,000,000");
        Require(CacheMebibytes is >= 1 and <= 4_096, nameof(CacheMebibytes), "must be 1 to 4,096");
        Require(OutboxRetention.TotalDays is >= 1.0 / 1_440 and <= 3_653, nameof(OutboxRetention), "must be 1 minute to 10 years");
        Require(OutboxRows is >= 1 and <= 1_000_000_000, nameof(OutboxRows), "must be 1 to 1,000,000,000");
    }

    private static void Require(bool condition, string name, string rule)
    {
        if (!condition)
        {
            throw new ArgumentException($"{name} {rule}.", name);
        }
    }
}
