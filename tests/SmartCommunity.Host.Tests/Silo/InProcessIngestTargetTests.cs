using System.Buffers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SmartCommunity.Events;
using SmartCommunity.Events.Batches;
using SmartCommunity.Events.Ids;
using SmartCommunity.Gateway.Forwarding;
using SmartCommunity.Grains.Communities;
using SmartCommunity.Grains.Ingest;
using SmartCommunity.Host.Silo;
using SmartCommunity.Host.Tests.Support;
using SmartCommunity.Journal;
using SmartCommunity.Stores.DeadLetters;
using SmartCommunity.TestKit.Time;

namespace SmartCommunity.Host.Tests.Silo;

/// <summary>The silo side says «behind it», the gateway says «from it»: what is said must be the same record.</summary>
public sealed class InProcessIngestTargetTests
{
    private readonly FailingDeadLetters _letters = new();
    private readonly InProcessIngestTarget _target;

    // No record of these tests concerns a place, so that no grain is called.
    public InProcessIngestTargetTests() => _target = new(new IngestCoordinator(
        grains: null!, new CommunityDirectory(new MemoryDirectory(), NullLogger<CommunityDirectory>.Instance), _letters, new ManualTimeProvider(),
        Options.Create(new IngestOptions()), NullLogger<IngestCoordinator>.Instance));

    [Fact]
    public async Task What_is_taken_is_accepted()
    {
        var answer = await SendAsync(Batch(first: 6, durable: 5, Letter(6), Letter(7)));
        answer.Outcome.ShouldBe(IngestOutcome.Accepted);
        answer.AcceptedThrough.ShouldBe(7);
        _letters.Sequences.ShouldBe([6, 7]);
    }

    [Fact]
    public async Task A_rewind_names_the_first_record_to_send_again()
    {
        var answer = await SendAsync(Batch(first: 9, durable: 4, Letter(9)));
        answer.Outcome.ShouldBe(IngestOutcome.Rewind);
        answer.RewindTo.ShouldBe(5);
    }

    [Fact]
    public async Task What_could_not_be_stored_is_to_be_sent_again()
    {
        _letters.Fails = true;
        var answer = await SendAsync(Batch(first: 6, durable: 5, Letter(6)));
        answer.Outcome.ShouldBe(IngestOutcome.Unavailable);
        answer.AcceptedThrough.ShouldBe(5);
        _letters.Fails = false;
        (await SendAsync(Batch(first: 6, durable: 5, Letter(6)))).AcceptedThrough.ShouldBe(6);
    }

    private async Task<IngestAnswer> SendAsync(IngestBatch batch) => await _target.SendAsync(batch, default);

    private static IngestBatch Batch(long first, long durable, params EventBatch[] batches)
    {
        var records = new ArrayBufferWriter<byte>();
        for (var i = 0; i < batches.Length; i++)
        {
            JournalRecords.Write(records, first + i, EventBatchCodec.ToArray(batches[i]));
        }

        return new(GatewayId.Parse("edge"), first, first + batches.Length - 1, records.WrittenMemory, durable, CaughtUp: true);
    }

    private static EventBatch Letter(int number) => new()
    {
        ReceivedAt = new(2026, 11, 20, 10, 0, number, TimeSpan.Zero),
        DeadLetter = new("sc/v1/x/event", "{"u8.ToArray(), Publisher: null, "native", "not JSON."),
    };

    private sealed class FailingDeadLetters : IDeadLetterStore
    {
        public bool Fails { get; set; }

        public List<long> Sequences { get; } = [];

        public ValueTask AppendAsync(IReadOnlyList<StoredDeadLetter> letters, CancellationToken cancellationToken)
        {
            if (Fails)
            {
                throw new IOException("The disk is full.");
            }

            Sequences.AddRange(letters.Select(letter => letter.Sequence));
            return ValueTask.CompletedTask;
        }

        public ValueTask<DeadLetterPage> ListAsync(string? cursor, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<long> CountAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
