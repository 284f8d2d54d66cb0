using SmartCommunity.Gateway.Forwarding;
using SmartCommunity.Journal;

namespace SmartCommunity.Gateway.Tests.Forwarding;

/// <summary>Keeps every batch until the test answers it, or answers by itself.</summary>
internal sealed class ScriptedTarget : IIngestTarget
{
    private readonly Lock _lock = new();
    private readonly List<Call> _calls = [];

    /// <summary>Answers at once when set.</summary>
    public Func<IngestBatch, IngestAnswer>? Answer { get; set; }

    public IReadOnlyList<Call> Calls
    {
        get
        {
            lock (_lock)
                return [.. _calls];
        }
    }

    public static IngestAnswer Accept(IngestBatch batch) => new(IngestOutcome.Accepted, batch.LastSequence, batch.LastSequence, 0);

    public static IngestAnswer AcceptNotDurable(IngestBatch batch) => new(IngestOutcome.Accepted, batch.LastSequence, 0, 0);

    public ValueTask<IngestAnswer> SendAsync(IngestBatch batch, CancellationToken cancellationToken)
    {
        var call = new Call(batch, Read(batch));
        lock (_lock)
            _calls.Add(call);
        if (Answer is { } answer)
            call.Reply(answer(batch));
        return new ValueTask<IngestAnswer>(call.Task.WaitAsync(cancellationToken));
    }

    private static List<long> Read(IngestBatch batch)
    {
        var sequences = new List<long>();
        var reader = new JournalRecordReader(batch.Records.Span);
        while (reader.TryRead(out var sequence, out _))
            sequences.Add(sequence);
        return sequences;
    }

    internal sealed class Call(IngestBatch batch, List<long> sequences)
    {
        private readonly TaskCompletionSource<IngestAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IngestBatch Batch => batch;

        public List<long> Sequences => sequences;

        public Task<IngestAnswer> Task => _answer.Task;

        public void Reply(IngestAnswer answer) => _answer.SetResult(answer);

        public void Fail(Exception reason) => _answer.SetException(reason);
    }
}
