using Microsoft.Extensions.Logging;
using SmartCommunity.Gateway.Journaling;
using SmartCommunity.Journal;

namespace SmartCommunity.Gateway.Forwarding;

/// <summary>Reads the journal, sends, and settles answers in their order. One task runs it.</summary>
internal sealed class ForwardingLoop : IDisposable
{
    private readonly GatewayJournal _journal;
    private readonly IIngestTarget _target;
    private readonly GatewayOptions _options;
    private readonly TimeProvider _time;
    private readonly ForwarderStatus _status;
    private readonly GatewayMetrics _metrics;
    private readonly ILogger _logger;
    private readonly WatermarkKeeper _watermark;
    private readonly RetryDelay _retry;
    private readonly Queue<InFlightBatch> _inFlight = new();
    private readonly CancellationToken _giveUp;

    private JournalReader _reader;
    private Task? _moreRecords;
    private Task? _tick;
    private int _failures;

    // True from a refused batch until the reader stands where it is sent again; nothing may be sent in between.
    private bool _goingBack;

    // The first sequence that was not sent, and through which everything was accepted.
    private long _next;
    private long _accepted;

    internal ForwardingLoop(
        GatewayJournal journal, IIngestTarget target, GatewayOptions options, TimeProvider time, ForwarderStatus status, GatewayMetrics metrics, Random random,
        ILogger logger, CancellationToken giveUp)
    {
        (_journal, _target, _options, _time, _status, _metrics, _logger, _giveUp) = (journal, target, options, time, status, metrics, logger, giveUp);
        _watermark = new WatermarkKeeper(journal, time, options.Forwarder.WatermarkInterval);
        _retry = new RetryDelay(options.Forwarder, random);
        _next = _watermark.DurableThrough + 1;
        _accepted = _watermark.DurableThrough;
        _reader = journal.Log.OpenReader(_next);
    }

    private ForwarderOptions Options => _options.Forwarder;

    /// <summary>Forwards until cancelled.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            Fill();
            await WaitForChangeAsync(cancellationToken);
            if (!Settle())
                await GoBackAsync(cancellationToken);
            AskWhenDue();
            _watermark.SaveWhenDue();
        }
    }

    /// <summary>Sends what is left in the journal, asks once more what is durable, and writes that down. The first failure ends it.</summary>
    internal async Task DrainAsync(CancellationToken cancellationToken)
    {
        var asked = false;
        while (true)
        {
            if (!_goingBack)
                Fill();
            if (_inFlight.Count == 0)
            {
                if (_goingBack || asked || _watermark.DurableThrough >= _next - 1)
                    break;
                asked = true;
                Ask();
            }

            await _inFlight.Peek().Answer.WaitAsync(cancellationToken);
            if (!Settle())
                break;
        }

        _watermark.Save();
    }

    public void Dispose()
    {
        _reader.Dispose();
        foreach (var sent in _inFlight)
        {
            // A target that still works with the records keeps their buffer; the collector takes it then.
            if (sent.Answer.IsCompleted)
                sent.Dispose();
        }
    }

    private void Fill()
    {
        while (_inFlight.Count < Options.MaxInFlight)
        {
            var through = _journal.Log.DurableThrough;
            if (_reader.TryRead(Options.MaxBatchBytes, Options.MaxBatchRecords) is not { } records)
                return;

            var batch = new IngestBatch(
                _options.Id, _next, records.LastSequence, records.Records, _watermark.DurableThrough, CaughtUp: records.LastSequence >= through);
            _next = records.LastSequence + 1;
            _inFlight.Enqueue(InFlightBatch.Send(_target, batch, records, _giveUp));
            _metrics.Sent(records.Count, records.Records.Length);
        }
    }

    private void Ask()
        => _inFlight.Enqueue(InFlightBatch.Send(
            _target, new IngestBatch(_options.Id, _next, _next - 1, default, _watermark.DurableThrough, CaughtUp: true), records: null, _giveUp));

    private void AskWhenDue()
    {
        if (_tick is not { IsCompleted: true })
            return;
        _tick = null;

        // A batch asks as well; only who has none to send must ask for the sake of asking.
        if (_inFlight.Count == 0 && _next > _journal.Log.DurableThrough && _watermark.DurableThrough < _next - 1)
            Ask();
    }

    // An answer, new records while there is room for them, or the time to ask.
    private async Task WaitForChangeAsync(CancellationToken cancellationToken)
    {
        _tick ??= Task.Delay(Options.QuestionInterval, _time, cancellationToken);
        if (_moreRecords is null or { IsCompletedSuccessfully: true })
            _moreRecords = _journal.Log.WaitUntilDurableAsync(_next, cancellationToken).AsTask();

        // A journal that has failed or was closed still lets its records be read; only no more will come.
        var more = _moreRecords.Exception is null ? _moreRecords : _tick;
        if (_inFlight.Count == 0)
            await Task.WhenAny(more, _tick);
        else if (_inFlight.Count < Options.MaxInFlight)
            await Task.WhenAny(_inFlight.Peek().Answer, more, _tick);
        else
            await Task.WhenAny(_inFlight.Peek().Answer, _tick);
    }

    // Takes the answers that are there. False when one of them was not an acceptance.
    private bool Settle()
    {
        while (_inFlight.TryPeek(out var sent) && sent.Answer.IsCompleted)
        {
            var answer = sent.Answer.GetAwaiter().GetResult();
            if (answer.Outcome != IngestOutcome.Accepted)
                return false;

            _inFlight.Dequeue();
            Accept(sent, answer);
            sent.Dispose();
        }

        return true;
    }

    private void Accept(InFlightBatch sent, IngestAnswer answer)
    {
        _failures = 0;
        _retry.Reset();
        _watermark.Raise(answer.DurableThrough);
        _accepted = Math.Max(sent.Batch.LastSequence, _watermark.DurableThrough);
        _status.LastProblem = null;
        _status.Moved(_accepted, _watermark.DurableThrough);
        _status.WaitingSince(_inFlight.TryPeek(out var next) ? next.Oldest : null);
    }

    // Whatever else is in flight may have been taken or not; all of it is awaited, so that nothing overtakes what is sent again.
    private async Task GoBackAsync(CancellationToken cancellationToken)
    {
        _goingBack = true;
        var position = _inFlight.Peek().Batch.FirstSequence;
        var rewound = false;
        _status.WaitingSince(_inFlight.Peek().Oldest);
        while (_inFlight.TryPeek(out var sent))
        {
            var answer = await sent.Answer.WaitAsync(cancellationToken);
            _inFlight.Dequeue();
            sent.Dispose();
            _watermark.Raise(answer.DurableThrough);
            if (answer.Outcome == IngestOutcome.Rewind)
            {
                rewound = true;
                position = Math.Min(position, answer.RewindTo);
            }

            LogTrouble(sent, answer);
        }

        SeekTo(position);
        _goingBack = false;
        _metrics.WentBack(rewound);

        // One rewind is news; one after the other, like a failure, is a matter for patience.
        if (++_failures > 1 || !rewound)
            await Task.Delay(_retry.Next(), _time, cancellationToken);
    }

    private void SeekTo(long position)
    {
        var first = _journal.Log.FirstSequence;
        if (position < first && position < _watermark.DurableThrough)
            _logger.RewindBeyondJournal(position, first);

        _next = Math.Max(position, first);
        _accepted = Math.Min(_accepted, _next - 1);
        _status.Moved(_accepted, _watermark.DurableThrough);
        _reader.Dispose();
        _reader = _journal.Log.OpenReader(_next);
        _moreRecords = null;
    }

    private void LogTrouble(InFlightBatch sent, IngestAnswer answer)
    {
        switch (answer.Outcome)
        {
            case IngestOutcome.Rewind:
                _logger.Rewound(sent.Batch.FirstSequence, answer.RewindTo);
                break;
            case IngestOutcome.Unavailable:
                _status.LastProblem = sent.Failure?.Message ?? "The silo side can not take events now.";
                _logger.BatchNotTaken(sent.Failure, sent.Batch.FirstSequence, sent.Batch.LastSequence);
                break;
            default:
                break;
        }
    }
}
