using SmartCommunity.Events.Batches;
using SmartCommunity.Journal;

namespace SmartCommunity.Gateway.Forwarding;

/// <summary>A batch that was sent, and its answer to come.</summary>
internal sealed class InFlightBatch : IDisposable
{
    private readonly JournalBatch? _records;

    private InFlightBatch(IngestBatch batch, JournalBatch? records, Task<IngestAnswer> answer, DateTimeOffset? oldest)
    {
        Batch = batch;
        Answer = answer;
        Oldest = oldest;
        _records = records;
    }

    internal IngestBatch Batch { get; }

    /// <summary>Does not fail: an exception of the target is an <see cref="IngestOutcome.Unavailable"/>, with <see cref="Failure"/>.</summary>
    internal Task<IngestAnswer> Answer { get; private set; }

    internal Exception? Failure { get; private set; }

    /// <summary>When the gateway took the first record; null for a question.</summary>
    internal DateTimeOffset? Oldest { get; }

    /// <summary>Sends a batch; the part of the target's call before its first await has run when this returns.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="batch">What.</param>
    /// <param name="records">The buffer of its records; owned from now on. Null for a question.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal static InFlightBatch Send(IIngestTarget target, IngestBatch batch, JournalBatch? records, CancellationToken cancellationToken)
    {
        var sent = new InFlightBatch(batch, records, Task.FromResult(default(IngestAnswer)), records is null ? null : ReceiptOfFirst(batch.Records));
        sent.Answer = sent.SendAsync(target, cancellationToken);
        return sent;
    }

    /// <summary>Gives the buffer back; only after the answer.</summary>
    public void Dispose() => _records?.Dispose();

    private async Task<IngestAnswer> SendAsync(IIngestTarget target, CancellationToken cancellationToken)
    {
        try
        {
            return await target.SendAsync(Batch, cancellationToken);
        }
        catch (Exception reason)
        {
            Failure = reason;
            return new IngestAnswer(IngestOutcome.Unavailable, 0, 0, 0);
        }
    }

    private static DateTimeOffset? ReceiptOfFirst(ReadOnlyMemory<byte> records)
    {
        var reader = new JournalRecordReader(records.Span);
        try
        {
            return reader.TryRead(out _, out var payload) ? EventBatchCodec.Read(payload).ReceivedAt : null;
        }
        catch (EventFormatException)
        {
            // The silo side decides what to do about a record of another version; here it only has no age.
            return null;
        }
    }
}
