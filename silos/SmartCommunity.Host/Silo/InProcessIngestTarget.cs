using SmartCommunity.Gateway.Forwarding;
using SmartCommunity.Grains.Ingest;

namespace SmartCommunity.Host.Silo;

/// <summary>Gateway and silos in one process: a batch is a direct call.</summary>
internal sealed class InProcessIngestTarget(IngestCoordinator coordinator) : IIngestTarget
{
    public async ValueTask<IngestAnswer> SendAsync(IngestBatch batch, CancellationToken cancellationToken)
    {
        var reply = await coordinator.TakeAsync(
            new(batch.Gateway.Value, batch.FirstSequence, batch.LastSequence, batch.Records, batch.DurableThrough, batch.CaughtUp), cancellationToken);
        return reply.Outcome switch
        {
            IngestReplyOutcome.Accepted => new(IngestOutcome.Accepted, reply.AcceptedThrough, reply.DurableThrough, RewindTo: 0),
            IngestReplyOutcome.Rewind => new(IngestOutcome.Rewind, reply.AcceptedThrough, reply.DurableThrough, reply.RewindTo + 1),
            _ => new(IngestOutcome.Unavailable, reply.AcceptedThrough, reply.DurableThrough, RewindTo: 0),
        };
    }
}
