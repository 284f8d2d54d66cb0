using System.Collections.Immutable;
using System.Text;
using SmartCommunity.Stores.Outbox;

namespace SmartCommunity.Stores.Conformance;

public abstract class OutboxConformance : PortConformance<IOutbox>
{
    [Fact]
    public async Task AnEmptyOutboxBeginsBeforeOne()
    {
        Port.LastSequence.ShouldBe(0);
        (await Port.ReadOldestSequenceAsync(Limit)).ShouldBe(1);
        (await Port.ReadAfterAsync(0, 10, Limit)).ShouldBeEmpty();
    }

    [Fact]
    public async Task RowsComeBackInOrderWithASequenceThatSurvives()
    {
        await Port.AppendAsync([Row("a"), Row("b")], Limit);
        await ReopenAsync();
        Port.LastSequence.ShouldBe(2);
        await Port.AppendAsync([Row("c")], Limit);

        var entries = await Port.ReadAfterAsync(0, 10, Limit);
        entries.Select(entry => entry.Sequence).ShouldBe([1, 2, 3]);
        entries.Select(entry => entry.Row.Subject).ShouldBe(["a", "b", "c"]);
        (entries[0].Row with { Json = default }).ShouldBe(Row("a") with { Json = default });
        Encoding.UTF8.GetString(entries[0].Row.Json.Span).ShouldBe("""{"主题":"a"}""");
        (await Port.ReadAfterAsync(1, 1, Limit)).ShouldHaveSingleItem().Sequence.ShouldBe(2);
        (await Port.ReadOldestSequenceAsync(Limit)).ShouldBe(1);
    }

    [Fact]
    public async Task WhoWaitsIsToldAndWhoIsBehindDoesNotWait()
    {
        var waiting = Port.WaitAfterAsync(0, Limit).AsTask();
        var far = Port.WaitAfterAsync(1, Limit).AsTask();
        waiting.IsCompleted.ShouldBeFalse();

        await Port.AppendAsync([Row("a")], Limit);
        await waiting;
        far.IsCompleted.ShouldBeFalse();
        await Port.AppendAsync([Row("b")], Limit);
        await far;
        await Port.WaitAfterAsync(1, Limit);
    }

    [Fact]
    public async Task WaitingIsGivenUpWhenCancelled()
    {
        using var cancelled = new CancellationTokenSource();
        var waiting = Port.WaitAfterAsync(0, cancelled.Token).AsTask();
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task AReaderThatFollowsSeesEveryRowOnceAndWithoutGaps()
    {
        const int Writers = 8;
        const int Rounds = 25;
        var seen = new List<OutboxEntry>();
        var reader = Task.Run(async () =>
        {
            long last = 0;
            while (seen.Count < Writers * Rounds * 2)
            {
                await Port.WaitAfterAsync(last, Limit);
                var until = Port.LastSequence;
                var entries = await Port.ReadAfterAsync(last, 1_000, Limit);
                entries[^1].Sequence.ShouldBeGreaterThanOrEqualTo(until, "what is announced can be read");
                seen.AddRange(entries);
                last = entries[^1].Sequence;
            }
        });
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                await Port.AppendAsync([Row($"{writer}:{i}:0"), Row($"{writer}:{i}:1")], Limit);
            }
        })));
        await reader;

        seen.Select(entry => entry.Sequence).ShouldBe(Enumerable.Range(1, Writers * Rounds * 2).Select(i => (long)i));
        seen.Select(entry => entry.Row.Subject).ShouldBeUnique();
        Port.LastSequence.ShouldBe(seen[^1].Sequence);
    }

    [Fact]
    public async Task NoRowsAreNoSequence()
    {
        await Port.AppendAsync([], Limit);
        Port.LastSequence.ShouldBe(0);
    }

    private static OutboxRow Row(string subject) => new(
        "device", "c1", "g1", "", subject, Encoding.UTF8.GetBytes($$"""{"主题":"{{subject}}"}"""), DateTimeOffset.FromUnixTimeMilliseconds(1_772_000_000_000));
}
