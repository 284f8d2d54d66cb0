using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Connections;

namespace SmartCommunity.Mqtt.Server.Tests.Connections;

public sealed class AckQueueTests
{
    [Theory]
    [InlineData(11)]
    [InlineData(4711)]
    public void ItBehavesLikeAQueueThatStopsAtTheFirstThatIsNotDurable(int seed)
    {
        var random = new Random(seed);
        var queue = new AckQueue();
        var model = new Queue<(long Position, long State, AckPacket Ack)>();
        long position = 0;
        long durable = 0;
        long state = 0;
        long stateDurable = 0;
        var into = new AckPacket[7];
        for (var round = 0; round < 20_000; round++)
        {
            for (var adds = random.Next(4); adds > 0; adds--)
            {
                var type = random.Next(3) == 0 ? PacketType.PubRec : PacketType.PubAck;
                var ack = new AckPacket(type, (ushort)random.Next(1, 65_536), random.Next(5) == 0 ? ReasonCode.NotAuthorized : ReasonCode.Success);
                var at = ack.Reason == ReasonCode.Success ? ++position : 0;
                var also = random.Next(3) == 0 ? ++state : 0;
                queue.Add(at, also, ack);
                model.Enqueue((at, also, ack));
            }

            durable = Math.Min(position, durable + random.Next(4));
            stateDurable = Math.Min(state, stateDurable + random.Next(3));
            var expected = new List<AckPacket>();
            while (expected.Count < into.Length && model.TryPeek(out var next) && next.Position <= durable && next.State <= stateDurable)
                expected.Add(model.Dequeue().Ack);
            var taken = queue.Take(durable, stateDurable, into);
            into.Take(taken).SequenceEqual(expected).ShouldBeTrue($"seed {seed}, round {round}");
            queue.Count.ShouldBe(model.Count);
            queue.ClosingCount.ShouldBe(model.Count(m => m.Ack.Type == PacketType.PubAck || m.Ack.Reason.IsError()));
            queue.TryPeek(out var oldest, out var oldestState).ShouldBe(model.Count > 0);
            if (model.Count > 0) (oldest, oldestState).ShouldBe((model.Peek().Position, model.Peek().State));
        }
    }
}
