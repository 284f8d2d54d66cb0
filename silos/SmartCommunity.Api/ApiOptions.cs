namespace SmartCommunity.Api;

/// <summary>The limits and places of the HTTP side. Each default suits one machine with some hundreds of staff.</summary>
public sealed record ApiOptions
{
    /// <summary>How long a sign-in lasts, 1 minute to 30 days. Default: 12 hours, a shift with its hand-over.</summary>
    public TimeSpan TicketLifetime { get; init; } = TimeSpan.FromHours(12);

    /// <summary>The folder of the keys that protect tickets; null keeps them in memory, so that a restart signs everybody out.</summary>
    public string? KeysFolder { get; init; }

    /// <summary>
    /// Failed sign-ins that one address may make in a minute, 1 to 10,000. Default: 10, more than fingers mistype and far less than guessing
    /// needs.
    /// </summary>
    public int FailedSignInsPerMinute { get; init; } = 10;

    /// <summary>Addresses whose failures are remembered, 100 to 1,000,000. Default: 10,000 (about 1 MB); beyond it the quietest are forgotten.</summary>
    public int MaxRememberedAddresses { get; init; } = 10_000;

    /// <summary>Passwords that are checked at once, 1 to 64. Default: 2: a check is meant to be slow, and must not take the machine from the events.</summary>
    public int MaxPasswordChecksAtOnce { get; init; } = 2;

    /// <summary>The longest request body, in bytes, 4 KiB to 64 MiB. Default: 256 KiB: commands are small, photos come by reference.</summary>
    public int MaxRequestBytes { get; init; } = 256 * 1024;

    /// <summary>The longest community file or import, in bytes, at least <see cref="MaxRequestBytes"/>. Default: 16 MiB, about 100,000 devices.</summary>
    public int MaxFileBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Devices in one import, 1 to 1,000,000. Default: 20,000.</summary>
    public int MaxImportRows { get; init; } = 20_000;

    /// <summary>Items on a page when the caller does not say. Default: 50, two screens.</summary>
    public int DefaultPageSize { get; init; } = 50;

    /// <summary>Items on a page at most, up to 500, which is what the stores answer at once. Default: 500.</summary>
    public int MaxPageSize { get; init; } = 500;

    /// <summary>Raw samples in one answer, 100 to 1,000,000. Default: 20,000 (about 500 KB); whoever wants more asks for a step.</summary>
    public int MaxRawSamples { get; init; } = 20_000;

    /// <summary>Buckets in one answer, 100 to 1,000,000. Default: 10,000: five weeks in 5-minute steps, more than any screen has pixels.</summary>
    public int MaxBuckets { get; init; } = 10_000;

    /// <summary>Events that a device's page shows, 1 to 500. Default: 20.</summary>
    public int LastEvents { get; init; } = 20;

    /// <summary>The longest note of a command, in characters. Default: 2,000, as the case machine has it.</summary>
    public int MaxNoteLength { get; init; } = 2_000;

    /// <summary>Photos and readings that one command may bring. Default: 20, as the case machine has it.</summary>
    public int MaxEvidence { get; init; } = 20;

    /// <summary>How often a silent live feed says that it is alive, 1 s to 5 minutes. Default: 15 s, below the usual 30 to 60 s of proxies.</summary>
    public TimeSpan LiveHeartbeat { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Rows that a live reader holds at once, 1 to 10,000. Default: 200 (some 100 KB): what a slow reader may cost.</summary>
    public int LiveBatch { get; init; } = 200;

    /// <summary>Live readers at once, 1 to 100,000. Default: 1,000.</summary>
    public int MaxLiveReaders { get; init; } = 1_000;

    /// <summary>
    /// Different tag values kept per metric, 10 to 100,000. Default: 500; what comes later is counted together as
    /// <c>otel_metric_overflow</c>.
    /// </summary>
    public int MaxSeriesPerMetric { get; init; } = 500;

    /// <summary>The folder of the console's files. Default: <c>console</c> beside the program.</summary>
    public string ConsoleFolder { get; init; } = Path.Combine(AppContext.BaseDirectory, "console");

    /// <summary>Checks every limit at once.</summary>
    /// <exception cref="ArgumentException">Limits are out of their ranges; the message names each.</exception>
    public void Check()
    {
        List<string> errors = [];
        Range(errors, nameof(TicketLifetime), TicketLifetime, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30));
        Range(errors, nameof(FailedSignInsPerMinute), FailedSignInsPerMinute, 1, 10_000);
        Range(errors, nameof(MaxRememberedAddresses), MaxRememberedAddresses, 100, 1_000_000);
        Range(errors, nameof(MaxPasswordChecksAtOnce), MaxPasswordChecksAtOnce, 1, 64);
        Range(errors, nameof(MaxRequestBytes), MaxRequestBytes, 4 * 1024, 64 * 1024 * 1024);
        Range(errors, nameof(MaxFileBytes), MaxFileBytes, MaxRequestBytes, 1024 * 1024 * 1024);
        Range(errors, nameof(MaxImportRows), MaxImportRows, 1, 1_000_000);
        Range(errors, nameof(MaxPageSize), MaxPageSize, 1, 500);
        Range(errors, nameof(DefaultPageSize), DefaultPageSize, 1, MaxPageSize);
        Range(errors, nameof(MaxRawSamples), MaxRawSamples, 100, 1_000_000);
        Range(errors, nameof(MaxBuckets), MaxBuckets, 100, 1_000_000);
        Range(errors, nameof(LastEvents), LastEvents, 1, 500);
        Range(errors, nameof(MaxNoteLength), MaxNoteLength, 1, 100_000);
        Range(errors, nameof(MaxEvidence), MaxEvidence, 0, 1_000);
        Range(errors, nameof(LiveHeartbeat), LiveHeartbeat, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
        Range(errors, nameof(LiveBatch), LiveBatch, 1, 10_000);
        Range(errors, nameof(MaxLiveReaders), MaxLiveReaders, 1, 100_000);
        Range(errors, nameof(MaxSeriesPerMetric), MaxSeriesPerMetric, 10, 100_000);
        if (errors.Count > 0)
        {
            throw new ArgumentException($"The API's options are wrong: {string.Join("; ", errors)}.");
        }
    }

    private static void Range<T>(List<string> errors, string name, T value, T minimum, T maximum) where T : IComparable<T>
    {
        if (value.CompareTo(minimum) < 0 || value.CompareTo(maximum) > 0)
        {
            errors.Add($"{name} is {value}, it must be {minimum} to {maximum}");
        }
    }
}
