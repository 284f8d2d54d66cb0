namespace SmartCommunity.Gateway.Forwarding;

/// <summary>How the forwarder paces itself.</summary>
public sealed record ForwarderOptions
{
    /// <summary>The most bytes of one batch. Default 512 KiB: some 2,000 events, a few milliseconds of work for the grains.</summary>
    public int MaxBatchBytes { get; init; } = 512 << 10;

    /// <summary>The most records of one batch. Default 4,096.</summary>
    public int MaxBatchRecords { get; init; } = 4096;

    /// <summary>The most batches that wait for their answers. Default 4: reading, travelling, processing and answering overlap, in 2 MiB of memory.</summary>
    public int MaxInFlight { get; init; } = 4;

    /// <summary>How often the watermarks are asked for while the silos have not put everything on disk. Default 1 s, the pace of their checkpoints.</summary>
    public TimeSpan QuestionInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The least time between two writes of the watermark file. Default 1 s: what it lacks is only sent once more after a crash.</summary>
    public TimeSpan WatermarkInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The first wait after a failure. Default 100 ms.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait after many failures. Default 10 s: a host that is back is found soon, and one that is down is not pressed.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long stopping may take to send what is journaled. Default 5 s: what is left is sent after the next start.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Where the forwarder runs. Default: the thread pool. A host whose endpoint is more urgent gives threads of lower priority.</summary>
    public TaskScheduler Scheduler { get; init; } = TaskScheduler.Default;

    /// <summary>The seed of the jitter between retries. Default: derived from the gateway's id, so that gateways do not retry in step.</summary>
    public int? JitterSeed { get; init; }

    internal IEnumerable<string> Errors()
    {
        if (MaxBatchBytes < 1 || MaxBatchRecords < 1 || MaxInFlight < 1)
            yield return "Forwarder: MaxBatchBytes, MaxBatchRecords and MaxInFlight must be positive.";
        if (QuestionInterval <= TimeSpan.Zero || WatermarkInterval < TimeSpan.Zero || DrainTimeout < TimeSpan.Zero)
            yield return "Forwarder: QuestionInterval must be positive, WatermarkInterval and DrainTimeout not negative.";
        if (FirstRetry <= TimeSpan.Zero || LongestRetry < FirstRetry)
            yield return "Forwarder: FirstRetry must be positive and at most LongestRetry.";
    }
}
