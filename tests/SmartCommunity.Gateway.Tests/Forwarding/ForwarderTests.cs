using SmartCommunity.Gateway.Forwarding;

namespace SmartCommunity.Gateway.Tests.Forwarding;

public sealed class ForwarderTests
{
    private readonly ScriptedTarget _target = new();

    [Fact]
    public async Task Batches_go_out_in_order_several_in_flight_and_no_more_than_allowed()
    {
        await using var harness = new ForwarderHarness(_target, options => options with { MaxInFlight = 3 });
        var last = await harness.AppendAsync(45);
        await harness.StartAsync();
        await harness.Time.RunUntilAsync(() => _target.Calls.Count == 3, "three in flight");
        harness.Time.Advance(TimeSpan.FromSeconds(5));
        _target.Calls.Count.ShouldBe(3);
        harness.Status.BacklogRecords.ShouldBe(45);

        // The second answer alone frees nothing: answers are settled in order.
        Reply(1, ScriptedTarget.Accept);
        harness.Time.Advance(TimeSpan.FromSeconds(5));
        _target.Calls.Count.ShouldBe(3);
        Reply(0, ScriptedTarget.Accept);
        await harness.Time.RunUntilAsync(() => _target.Calls.Count == 5, "two more");

        _target.Calls.SelectMany(call => call.Sequences).ShouldBe(Sequences(harness.First, last));
        _target.Calls.Select(call => call.Batch.CaughtUp).ShouldBe([false, false, false, false, true]);
        _target.Calls.ShouldAllBe(call => call.Batch.Gateway.Value == "g-1");
        _target.Answer = ScriptedTarget.Accept;
        foreach (var index in new[] { 2, 3, 4 })
            Reply(index, ScriptedTarget.Accept);
        await harness.Time.RunUntilAsync(() => harness.Status.AcceptedThrough == last, "accepted");
        harness.Status.BacklogRecords.ShouldBe(0);
        harness.Status.OldestWaiting.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_rewind_sends_again_from_there_after_everything_in_flight_was_answered()
    {
        await using var harness = new ForwarderHarness(_target, options => options with { MaxInFlight = 3 });
        await harness.AppendAsync(30);
        await harness.StartAsync();
        await harness.Time.RunUntilAsync(() => _target.Calls.Count == 3, "in flight");

        Reply(0, ScriptedTarget.AcceptNotDurable);
        Reply(1, _ => new IngestAnswer(IngestOutcome.Rewind, harness.First + 9, 0, harness.First + 4));
        harness.Time.Advance(TimeSpan.FromSeconds(1));
        _target.Calls.Count.ShouldBe(3);
        Reply(2, _ => new IngestAnswer(IngestOutcome.Rewind, harness.First + 9, 0, harness.First + 7));
        await harness.Time.RunUntilAsync(() => _target.Calls.Count == 6, "sent again");
        _target.Calls.Skip(3).SelectMany(call => call.Sequences).ShouldBe(Sequences(harness.First + 4, harness.First + 29));
        harness.Status.AcceptedThrough.ShouldBe(harness.First + 3);
        _target.Answer = ScriptedTarget.Accept;
    }

    [Fact]
    public async Task What_is_not_taken_is_sent_again_until_it_is()
    {
        await using var harness = new ForwarderHarness(_target);
        await harness.AppendAsync(5);
        var fails = 0;
        var refused = new IngestAnswer(IngestOutcome.Unavailable, 0, 0, 0);
        _target.Answer = batch => ++fails > 6 ? ScriptedTarget.Accept(batch) : fails % 2 == 0 ? throw new IOException("cut") : refused;
        var start = harness.Time.GetUtcNow();
        await harness.StartAsync();
        await harness.Time.RunUntilAsync(() => harness.Status.BacklogRecords == 0, "accepted");
        _target.Calls.Count.ShouldBe(7);
        _target.Calls.ShouldAllBe(call => call.Sequences.Count == 5);

        // Six waits of at least half of 100, 200, 400, 800, 1,600 and 3,200 ms.
        (harness.Time.GetUtcNow() - start).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(3150));
        harness.Status.LastProblem.ShouldBeNull();
    }

    [Fact]
    public async Task It_asks_about_every_second_until_everything_is_durable_and_then_is_quiet()
    {
        await using var harness = new ForwarderHarness(_target);
        _target.Answer = ScriptedTarget.AcceptNotDurable;
        var last = await harness.AppendAsync(5);
        await harness.StartAsync();
        await harness.Time.RunUntilAsync(() => _target.Calls.Count == 1, "sent");
        var start = harness.Time.GetUtcNow();
        await harness.Time.RunUntilAsync(() => _target.Calls.Count == 4, "questions");
        (harness.Time.GetUtcNow() - start).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(2));
        foreach (var question in _target.Calls.Skip(1))
        {
            question.Batch.IsQuestion.ShouldBeTrue();
            (question.Batch.FirstSequence, question.Batch.LastSequence, question.Batch.Records.Length).ShouldBe((last + 1, last, 0));
        }

        harness.Journal.Watermark.Value.ShouldBe(0);
        _target.Answer = ScriptedTarget.Accept;
        await harness.Time.RunUntilAsync(() => harness.Journal.Watermark.Value == last, "durable");
        var calls = _target.Calls.Count;
        for (var second = 0; second < 10; second++)
        {
            harness.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        _target.Calls.Count.ShouldBe(calls);
    }

    [Fact]
    public async Task The_journal_forgets_what_is_durable_and_a_restart_starts_behind_it()
    {
        await using var harness = new ForwarderHarness(_target, options => options with { MaxBatchRecords = 100 });
        var durable = harness.First + 599;
        _target.Answer = batch => new IngestAnswer(IngestOutcome.Accepted, batch.LastSequence, Math.Min(durable, batch.LastSequence), 0);
        var last = await harness.AppendAsync(1000);
        var segments = Directory.GetFiles(harness.Folder, "*.journal").Length;
        await harness.StartAsync();
        await harness.Time.RunUntilAsync(() => harness.Status.AcceptedThrough == last && harness.Journal.Watermark.Value == durable, "accepted");
        Directory.GetFiles(harness.Folder, "*.journal").Length.ShouldBeLessThan(segments);
        harness.Journal.Log.FirstSequence.ShouldBeInRange(harness.First + 1, durable + 1);

        await harness.StopAsync();
        var before = _target.Calls.Count;
        await harness.RestartAsync();
        await harness.Time.RunUntilAsync(() => harness.Status.AcceptedThrough == last, "again");
        _target.Calls.Skip(before).SelectMany(call => call.Sequences).ShouldBe(Sequences(durable + 1, last));
        _target.Calls[before].Batch.DurableThrough.ShouldBe(durable);
    }

    [Fact]
    public async Task A_rewind_to_what_is_gone_starts_with_what_is_there()
    {
        await using var harness = new ForwarderHarness(_target, options => options with { MaxBatchRecords = 100 });
        _target.Answer = ScriptedTarget.Accept;
        var last = await harness.AppendAsync(1000);
        await harness.StartAsync();
        await harness.Time.RunUntilAsync(() => harness.Journal.Watermark.Value == last, "durable");
        var first = harness.Journal.Log.FirstSequence;
        first.ShouldBeGreaterThan(harness.First);

        var rewinds = 0;
        _target.Answer = batch => rewinds++ == 0 ? new IngestAnswer(IngestOutcome.Rewind, 0, 0, 0) : ScriptedTarget.Accept(batch);
        var before = _target.Calls.Count;
        var next = await harness.AppendAsync(1);
        await harness.Time.RunUntilAsync(() => harness.Status.AcceptedThrough == next, "sent again");
        _target.Calls[before + 1].Sequences[0].ShouldBe(first);
        _target.Calls.Skip(before + 1).SelectMany(call => call.Sequences).ShouldBe(Sequences(first, next));
    }

    [Fact]
    public async Task Stopping_sends_what_is_journaled_and_writes_the_watermark()
    {
        await using var harness = new ForwarderHarness(_target, options => options with { WatermarkInterval = TimeSpan.FromHours(1) });
        await harness.AppendAsync(1);
        await harness.StartAsync();
        await harness.Time.RunUntilAsync(() => _target.Calls.Count == 1, "started");
        _target.Answer = ScriptedTarget.Accept;
        var last = await harness.AppendAsync(200);
        Reply(0, ScriptedTarget.Accept);
        await harness.StopAsync();
        _target.Calls.SelectMany(call => call.Sequences).ShouldBe(Sequences(harness.First, last));
        harness.Journal.Watermark.Value.ShouldBe(last);
    }

    [Fact]
    public async Task Stopping_does_not_wait_for_ever_for_a_target_that_hangs()
    {
        await using var harness = new ForwarderHarness(_target);
        await harness.AppendAsync(1);
        await harness.StartAsync();
        await harness.Time.RunUntilAsync(() => _target.Calls.Count == 1, "hangs");
        var start = harness.Time.GetUtcNow();
        await harness.StopAsync();
        (harness.Time.GetUtcNow() - start).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(5));
    }

    private static IEnumerable<long> Sequences(long first, long last)
    {
        for (var sequence = first; sequence <= last; sequence++)
            yield return sequence;
    }

    private void Reply(int call, Func<IngestBatch, IngestAnswer> answer) => _target.Calls[call].Reply(answer(_target.Calls[call].Batch));
}
