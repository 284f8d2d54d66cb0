namespace SmartCommunity.Grains.Ingest;

/// <summary>A gateway's batch as the silo side takes it.</summary>
/// <param name="Gateway">Whose journal.</param>
/// <param name="FirstSequence">The first sequence; <paramref name="LastSequence"/> + 1 when it is only a question.</param>
/// <param name="LastSequence">The last sequence.</param>
/// <param name="Records">Records in the journal's format.</param>
/// <param name="DurableThrough">What the gateway knows to be durable: everything behind it will be sent (again) when asked.</param>
/// <param name="CaughtUp">Whether nothing older waits in the gateway's journal.</param>
public sealed record GatewayBatch(
    string Gateway, long FirstSequence, long LastSequence, ReadOnlyMemory<byte> Records, long DurableThrough, bool CaughtUp);

/// <summary>What the silo side says to a gateway's batch.</summary>
/// <param name="Outcome">Whether it was taken.</param>
/// <param name="AcceptedThrough">Grains have processed everything through it.</param>
/// <param name="DurableThrough">Checkpoints and time series that include everything through it are on disk.</param>
/// <param name="RewindTo">For <see cref="IngestReplyOutcome.Rewind"/>: send again from behind it.</param>
public readonly record struct IngestReply(IngestReplyOutcome Outcome, long AcceptedThrough, long DurableThrough, long RewindTo);

/// <summary>The outcomes of a batch.</summary>
public enum IngestReplyOutcome : byte
{
    /// <summary>Taken.</summary>
    Accepted = 0,

    /// <summary>A grain has seen less than was believed: send again from behind <see cref="IngestReply.RewindTo"/>.</summary>
    Rewind = 1,

    /// <summary>Something could not be stored now: send the same again, later.</summary>
    Unavailable = 2,
}
