using System.IO.Pipelines;
using Microsoft.Extensions.Logging;
using SmartCommunity.Api.Metrics;
using SmartCommunity.Stores.Outbox;

namespace SmartCommunity.Api.Live;

/// <summary>
/// Sends one reader the outbox from where they are. Every reader pulls for themselves and holds at most one batch, so that a slow one costs only itself;
/// one that falls behind what the outbox keeps is told to read the state anew.
/// </summary>
internal sealed class LiveFeed(IOutbox outbox, TimeProvider time, ApiOptions options, ApiMetrics metrics, ILogger<LiveFeed> logger)
{
    private static readonly byte[] ResetData = "{}"u8.ToArray();
    private int _readers;

    /// <summary>Takes a place for a reader; false when all are taken.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _readers) > options.MaxLiveReaders)
        {
            Interlocked.Decrement(ref _readers);
            return false;
        }

        metrics.LiveReaders(1);
        return true;
    }

    /// <summary>Gives the place back.</summary>
    public void Leave()
    {
        Interlocked.Decrement(ref _readers);
        metrics.LiveReaders(-1);
    }

    /// <summary>Sends until the reader goes, their sign-in ends or they may no longer see anything.</summary>
    /// <param name="output">The response.</param>
    /// <param name="filter">What they want.</param>
    /// <param name="after">The last sequence that they have; null begins with what comes next.</param>
    /// <param name="expiresAt">When their sign-in ends.</param>
    /// <param name="cancellationToken">The reader went, or the process stops.</param>
    public async Task RunAsync(PipeWriter output, LiveFilter filter, long? after, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        var position = after ?? outbox.LastSequence;
        LiveFrames.WriteOpening(output, position);
        position = await ResetIfBehindAsync(output, position, cancellationToken);
        await output.FlushAsync(cancellationToken);

        while (filter.Refresh() && time.GetUtcNow() < expiresAt)
        {
            var rows = await outbox.ReadAfterAsync(position, options.LiveBatch, cancellationToken);
            if (rows.IsEmpty)
            {
                if (!await WaitAsync(position, cancellationToken))
                {
                    LiveFrames.WriteHeartbeat(output, position);
                    await output.FlushAsync(cancellationToken);
                }

                continue;
            }

            if (rows[0].Sequence > position + 1)
            {
                position = await ResetIfBehindAsync(output, position, cancellationToken);
            }

            var sent = 0;
            foreach (var entry in rows)
            {
                if (entry.Sequence > position && filter.Admits(entry.Row))
                {
                    LiveFrames.WriteEvent(output, entry.Row.Topic, entry.Sequence, entry.Row.Json.Span);
                    sent++;
                }
            }

            position = Math.Max(position, rows[^1].Sequence);
            metrics.LiveRows(sent);
            await output.FlushAsync(cancellationToken);
        }
    }

    // Behind: rows between the reader's last and the oldest kept one are gone. Ahead: the reader comes from another deployment, or from before the data was
    // replaced.
    private async ValueTask<long> ResetIfBehindAsync(PipeWriter output, long position, CancellationToken cancellationToken)
    {
        var last = outbox.LastSequence;
        var oldest = last == 0 ? 1 : await outbox.ReadOldestSequenceAsync(cancellationToken);
        if (position + 1 >= oldest && position <= last)
        {
            return position;
        }

        logger.LiveReaderReset(position, oldest);
        metrics.LiveReset();
        LiveFrames.WriteEvent(output, "reset", last, ResetData);
        return last;
    }

    // True when there is something to read; false when the heartbeat is due.
    private async ValueTask<bool> WaitAsync(long position, CancellationToken cancellationToken)
    {
        using var heartbeat = new CancellationTokenSource(options.LiveHeartbeat, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(heartbeat.Token, cancellationToken);
        try
        {
            await outbox.WaitAfterAsync(position, either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
