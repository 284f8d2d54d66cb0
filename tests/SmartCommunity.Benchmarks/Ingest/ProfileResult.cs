using SmartCommunity.Benchmarks.Load;

namespace SmartCommunity.Benchmarks.Ingest;

/// <summary>What one server did under one profile.</summary>
/// <param name="Server">Its name.</param>
/// <param name="Profile">The load.</param>
/// <param name="Full">At full speed.</param>
/// <param name="Third">At a third of that.</param>
/// <param name="PeakMebibytes">The most memory that it had.</param>
/// <param name="Silo">What the host's silo side did; null where there is none.</param>
internal sealed record ProfileResult(string Server, LoadProfile Profile, LoadResult Full, LoadResult Third, double PeakMebibytes, SiloResult? Silo)
{
    /// <summary>Whether this is the broker that is compared with.</summary>
    public bool IsPeer => Server.StartsWith("mosquitto", StringComparison.Ordinal);
}

/// <summary>What reached rules and stores.</summary>
/// <param name="SamplesPerMessage">Samples of each message.</param>
/// <param name="ProcessedPerSecond">Messages through the rules per second, over the whole of the full-speed phase until the backlog was gone.</param>
/// <param name="ProcessedUnderLoad">The same while the publishers pressed.</param>
/// <param name="BacklogAtEnd">Messages that the rules had not seen when the full-speed load stopped.</param>
/// <param name="TimeToClear">From then until everything was durable in the stores.</param>
/// <param name="LoadTime">How long the full-speed load pressed, warm-up included.</param>
/// <param name="CpuPerMessage">The host's processor time per message in µs, everything behind the acknowledgement included.</param>
/// <param name="Sent">All messages of both phases.</param>
/// <param name="Acknowledged">Of them, how many were acknowledged.</param>
/// <param name="StoredSamples">Samples in the store after the host had stopped.</param>
internal sealed record SiloResult(
    int SamplesPerMessage, double ProcessedPerSecond, double ProcessedUnderLoad, double BacklogAtEnd, TimeSpan TimeToClear, TimeSpan LoadTime, double CpuPerMessage,
    long Sent, long Acknowledged, long StoredSamples)
{
    /// <summary>Everything acknowledged is in the store, and nothing is there that was not sent.</summary>
    public bool NothingLost => StoredSamples >= Acknowledged * SamplesPerMessage && StoredSamples <= Sent * SamplesPerMessage;
}
