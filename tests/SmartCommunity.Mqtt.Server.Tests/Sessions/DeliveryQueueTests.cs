using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Routing;
using SmartCommunity.Mqtt.Server.Sessions;

namespace SmartCommunity.Mqtt.Server.Tests.Sessions;

/// <summary>Random traffic, acknowledgements and reconnects: at QoS 1 and 2 everything arrives, in order, within the window.</summary>
public sealed class DeliveryQueueTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(2026)]
    [InlineData(99)]
    public void NothingIsLostDoubledOrReordered(int seed)
    {
        var random = new Random(seed);
        var queue = Queue(new MqttServerOptions());
        var client = new ModelClient();
        queue.Attach(client.Window = random.Next(1, 6));
        var sent = 0;
        for (var round = 0; round < 5_000; round++)
        {
            var step = random.Next(10);
            if (step < 4) queue.Enqueue(Numbered(sent++, (QualityOfService)random.Next(1, 3)));
            else if (step < 7) Pump(queue, client, random.Next(4));
            else if (step < 9) client.Answer(queue, random);
            else if (random.Next(20) == 0) Reconnect(queue, client, random);
        }

        while (client.HasOpen || queue.Count > 0)
        {
            Pump(queue, client, int.MaxValue);
            client.Answer(queue, random);
        }

        client.Effects.ShouldBe(Enumerable.Range(0, sent), $"seed {seed}");
    }

    [Fact]
    public void ExpiredMessagesAreLeftOut()
    {
        var queue = Queue(new MqttServerOptions());
        queue.Attach(10);
        var old = Numbered(1, QualityOfService.AtLeastOnce);
        queue.Enqueue(old with { Message = old.Message with { ExpiresAt = Now } });
        queue.Enqueue(Numbered(2, QualityOfService.AtLeastOnce));
        queue.TryNext(Now, out var next).ShouldBeTrue();
        next.Delivery.Message.Topic.ShouldBe("2");
    }

    [Fact]
    public void BytesAreBoundedToo()
    {
        var queue = Queue(new MqttServerOptions { MaxQueuedBytes = 1_000 });
        var dropped = Enumerable.Range(0, 20).Sum(i => queue.Enqueue(Numbered(i, QualityOfService.AtLeastOnce))!.Value);
        dropped.ShouldBe(14, "six messages of about 160 bytes fit into 1,000");
        queue.Count.ShouldBe(6);
    }

    private static DeliveryQueue Queue(MqttServerOptions options) =>
        new(new SessionContext(options, new TestKit.Time.ManualTimeProvider(), new Diagnostics.ServerMetrics(null), Store: null));

    private static Delivery Numbered(int number, QualityOfService qos) =>
        new(new Message($"{number}", default, default, qos, Retain: false, null, null), qos, Retain: false, null);

    private static void Pump(DeliveryQueue queue, ModelClient client, int count)
    {
        while (count-- > 0 && queue.TryNext(Now, out var packet)) client.Take(packet);
    }

    private static void Reconnect(DeliveryQueue queue, ModelClient client, Random random)
    {
        queue.Detach();
        client.Open.Clear();
        queue.Attach(client.Window = random.Next(1, 6));
    }

    private sealed class ModelClient
    {
        private readonly HashSet<ushort> _received = [];

        public int Window { get; set; }

        public List<int> Effects { get; } = [];

        public List<OutgoingPacket> Open { get; } = [];

        public bool HasOpen => Open.Count > 0;

        public void Take(OutgoingPacket packet)
        {
            Open.Add(packet);
            Open.Count.ShouldBeLessThanOrEqualTo(Window);
            if (packet.IsRelease) return;
            var number = int.Parse(packet.Delivery.Message.Topic, System.Globalization.CultureInfo.InvariantCulture);
            if (packet.Delivery.Qos == QualityOfService.ExactlyOnce)
            {
                if (_received.Add(packet.PacketId)) Effects.Add(number);
            }
            else if (!packet.Duplicate || !Effects.Contains(number))
            {
                Effects.Add(number);
            }
        }

        // Answers the oldest packet: PUBACK, or PUBREC and then, for its PUBREL, PUBCOMP.
        public void Answer(DeliveryQueue queue, Random random)
        {
            if (Open.Count == 0) return;
            var packet = Open[0];
            if (packet.Delivery.Qos == QualityOfService.ExactlyOnce && !packet.IsRelease)
            {
                queue.MarkReceived(packet.PacketId, out _).ShouldBeTrue();
                Open[0] = packet with { IsRelease = true };
                if (random.Next(2) == 0) return;
            }

            Open.RemoveAt(0);
            _received.Remove(packet.PacketId);
            queue.Complete(packet.PacketId).ShouldBeTrue();
        }
    }
}
