using SmartCommunity.Events.Ids;

namespace SmartCommunity.Gateway.Forwarding;

/// <summary>The silo side, as the forwarder sees it. The host fills it with a direct call or with HTTP.</summary>
public interface IIngestTarget
{
    /// <summary>
    /// Sends one batch. Calls are made one after the other in the order of the sequences, before earlier ones have completed: the part of the call before
    /// its first await decides the order.
    /// </summary>
    /// <param name="batch">The batch; its records are valid until the returned task completes.</param>
    /// <param name="cancellationToken">Cancelled when the gateway gives up while it stops.</param>
    /// <returns>The answer. An exception counts as <see cref="IngestOutcome.Unavailable"/>.</returns>
    ValueTask<IngestAnswer> SendAsync(IngestBatch batch, CancellationToken cancellationToken);
}

/// <summary>A run of the journal.</summary>
/// <param name="Gateway">Whose journal.</param>
/// <param name="FirstSequence">The first sequence that it covers. A batch starts where the one before it ended, also when numbers in between hold no record.</param>
/// <param name="LastSequence">The last sequence; FirstSequence − 1 when the batch holds no record and only asks for the watermarks.</param>
/// <param name="Records">Whole records in the journal's format.</param>
/// <param name="DurableThrough">What the gateway knows to be durable in the silos; everything behind it can be sent again.</param>
/// <param name="CaughtUp">Nothing waits in the journal behind this batch: the events are as fresh as they can be.</param>
public sealed record IngestBatch(
    GatewayId Gateway, long FirstSequence, long LastSequence, ReadOnlyMemory<byte> Records, long DurableThrough, bool CaughtUp)
{
    /// <summary>It only asks for the watermarks.</summary>
    public bool IsQuestion => LastSequence < FirstSequence;
}

/// <summary>What the silo side says to a batch.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="AcceptedThrough">Grains have processed everything through it.</param>
/// <param name="DurableThrough">Checkpoints and time series that include everything through it are on disk: the journal may forget it.</param>
/// <param name="RewindTo">For <see cref="IngestOutcome.Rewind"/>: send again from here; sending one that was seen is harmless.</param>
public readonly record struct IngestAnswer(IngestOutcome Outcome, long AcceptedThrough, long DurableThrough, long RewindTo);

/// <summary>What became of a batch.</summary>
public enum IngestOutcome : byte
{
    /// <summary>Taken.</summary>
    Accepted = 0,

    /// <summary>A grain has seen less than was believed: send again from <see cref="IngestAnswer.RewindTo"/>.</summary>
    Rewind = 1,

    /// <summary>Not taken, because of the silo side: send the same again, later.</summary>
    Unavailable = 2,
}
