using System.ComponentModel.DataAnnotations;

namespace SmartCommunity.Grains.Ingest;

/// <summary>How the silo side paces a gateway's stream.</summary>
public sealed record IngestOptions
{
    /// <summary>
    /// How often places put what they have seen on disk. Default 1 s: the journal replays what a checkpoint lacks, so that more often only costs writes, and
    /// less often only makes a restart replay more.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:05:00")]
    public TimeSpan CheckpointPeriod { get; init; } = TimeSpan.FromSeconds(1);
}
