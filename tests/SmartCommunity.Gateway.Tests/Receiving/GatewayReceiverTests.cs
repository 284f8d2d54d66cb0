using System.Text;
using SmartCommunity.Events;
using SmartCommunity.Events.Batches;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Gateway.Journaling;
using SmartCommunity.Gateway.Receiving;
using SmartCommunity.Gateway.Tests.Support;
using SmartCommunity.Journal;
using SmartCommunity.Mqtt.Server.Ports;
using SmartCommunity.Mqtt.Server.Sessions;

namespace SmartCommunity.Gateway.Tests.Receiving;

public sealed class GatewayReceiverTests : IDisposable
{
    private static readonly ClientIdentity Device = new("d-1", ClientKind.Device, "c");

    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly GatewayMetrics _metrics = new();

    [Fact]
    public async Task Positions_rise_in_the_order_of_the_calls_and_are_readable_once_durable()
    {
        using var journal = GatewayTesting.Open(GatewayTesting.Options(_folder.Path), _time);
        var receiver = Receiver(journal);
        var positions = new List<long>();
        for (var index = 0; index < 300; index++)
        {
            var payload = index % 10 == 9 ? "nonsense" : $$"""{"id":"e{{index}}","kind":"smoke"}""";
            positions.Add((await receiver.ReceiveAsync(Device, Publish("event", payload, (byte)(index % 3)), default)).Position);
        }

        positions.ShouldBe(Enumerable.Range(0, 300).Select(index => positions[0] + index));
        await receiver.WaitUntilDurableAsync(positions[^1], default);
        receiver.DurableThrough.ShouldBe(positions[^1]);

        var records = ReadAll(journal);
        records.Count.ShouldBe(300);
        for (var index = 0; index < 300; index++)
        {
            records[index].ReceivedAt.ShouldBe(_time.GetUtcNow());
            if (index % 10 == 9)
                records[index].DeadLetter!.Reason.ShouldContain("not valid JSON");
            else
                records[index].Events.Single().Id.ShouldBe($"e{index}");
        }
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_after_a_restart()
    {
        var options = GatewayTesting.Options(_folder.Path);
        long position;
        using (var journal = GatewayTesting.Open(options, _time))
        {
            var receiver = Receiver(journal);
            position = (await receiver.ReceiveAsync(Device, Publish("status", "online", 1), default)).Position;
            await receiver.WaitUntilDurableAsync(position, default);
        }

        using var again = GatewayTesting.Open(options, _time);
        ReadAll(again).Single().Events.Single().Kind.ShouldBe(EventKind.DeviceOnline);
        (await Receiver(again).ReceiveAsync(Device, Publish("status", "offline", 1), default)).Position.ShouldBe(position + 1);
    }

    [Fact]
    public async Task A_will_is_marked_and_other_software_is_no_device()
    {
        using var journal = GatewayTesting.Open(GatewayTesting.Options(_folder.Path), _time);
        var receiver = Receiver(journal);
        await receiver.ReceiveAsync(Device, Publish("status", "offline", 0) with { Origin = PublishOrigin.Will }, default);
        var receipt = await receiver.ReceiveAsync(Device with { Kind = ClientKind.Subscriber }, Publish("status", "offline", 0), default);
        await receiver.WaitUntilDurableAsync(receipt.Position, default);

        var records = ReadAll(journal);
        records[0].Events.Single().Data.GetBoolean("will").ShouldBe(true);
        records[1].DeadLetter!.Publisher.ShouldBeNull();
    }

    [Fact]
    public async Task A_journal_that_pushes_back_makes_the_endpoint_wait_and_keeps_the_message()
    {
        var options = GatewayTesting.Options(_folder.Path);
        options = options with { Journal = options.Journal with { MaxPendingBytes = 1, OwnThread = false } };
        using var journal = GatewayTesting.Open(options, _time);
        var receiver = Receiver(journal);
        (await receiver.ReceiveAsync(Device, Publish("event", """{"kind":"smoke"}""", 1), default)).Position.ShouldBe(journal.Log.LastSequence);
        var waiting = receiver.ReceiveAsync(Device, Publish("event", """{"kind":"fire"}""", 1), default);
        waiting.IsCompleted.ShouldBeFalse();
        await receiver.ReceiveAsync(Device, Publish("event", """{"kind":"gas"}""", 1), new CancellationToken(canceled: true)).AsTask().ShouldThrowAsync<OperationCanceledException>();

        journal.Log.FlushPending().ShouldBeTrue();
        (await waiting).Position.ShouldBe(journal.Log.LastSequence);
        journal.Log.FlushPending().ShouldBeTrue();
        ReadAll(journal).Select(batch => batch.Events.Single().Kind).ShouldBe([EventKind.Smoke, EventKind.Fire]);
    }

    [Fact]
    public async Task A_journal_that_has_failed_acknowledges_nothing()
    {
        var journal = GatewayTesting.Open(GatewayTesting.Options(_folder.Path), _time);
        var receiver = Receiver(journal);
        journal.Dispose();
        await Should.ThrowAsync<IOException>(async () => await receiver.ReceiveAsync(Device, Publish("status", "online", 1), default));
    }

    [Fact]
    public void A_new_journal_starts_above_whatever_an_older_one_of_this_gateway_can_have_had()
    {
        var options = GatewayTesting.Options(_folder.Path);
        long first;
        using (var journal = GatewayTesting.Open(options, _time))
            first = journal.Log.FirstSequence;
        first.ShouldBeLessThan(1L << 53);

        Directory.Delete(_folder.Path, recursive: true);
        _time.Advance(TimeSpan.FromSeconds(1));
        using var successor = GatewayTesting.Open(options, _time);
        successor.Log.FirstSequence.ShouldBe(first + 1_000_000);
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _folder.Dispose();
    }

    private GatewayReceiver Receiver(GatewayJournal journal) => new(journal, GatewayTesting.Registry, _time, _metrics);

    private static ReceivedPublish Publish(string channel, string payload, byte qos)
        => new($"sc/v1/d-1/{channel}", Encoding.UTF8.GetBytes(payload), qos, Retain: false, Duplicate: false, ContentType: null, PublishOrigin.Client);

    private static List<EventBatch> ReadAll(GatewayJournal journal)
    {
        var batches = new List<EventBatch>();
        using var reader = journal.Log.OpenReader(journal.Log.FirstSequence);
        while (reader.TryRead(1 << 16) is { } records)
        {
            var walk = new JournalRecordReader(records.Records.Span);
            while (walk.TryRead(out _, out var payload))
                batches.Add(EventBatchCodec.Read(payload));
            records.Dispose();
        }

        return batches;
    }
}
