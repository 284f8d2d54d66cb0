using System.IO.Pipelines;
using SmartCommunity.Mqtt.Client.Connections;
using SmartCommunity.Mqtt.Client.Subscribing;
using SmartCommunity.Mqtt.Framing;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Reading;

namespace SmartCommunity.Mqtt.Client.Receiving;

/// <summary>Reads what the server sends after CONNACK and hands each packet to whom it concerns.</summary>
internal sealed class Receiver(
    PipeReader input,
    FrameReader frames,
    PacketReader packets,
    DeliverySteps steps,
    PendingAnswers answers,
    Inbox inbox,
    KeepAlive keepAlive,
    Action acknowledged)
{
    /// <summary>Reads until the server ends the connection.</summary>
    /// <returns>The server's DISCONNECT, or null when it just closed.</returns>
    /// <exception cref="MqttProtocolException">The server broke the protocol.</exception>
    public async Task<DisconnectPacket?> RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken).ConfigureAwait(false);
            keepAlive.Received();
            frames.Load(read.Buffer);
            while (frames.TryRead(out var frame))
            {
                if (frame.Type == PacketType.Disconnect) return packets.ReadDisconnect(in frame);
                if (frame.Type == PacketType.Publish) await inbox.AddAsync(packets.ReadPublish(in frame), cancellationToken).ConfigureAwait(false);
                else Take(in frame);
            }

            // One wake-up for all the acknowledgements of one read.
            if (steps.TakeReleased()) acknowledged();

            var partial = frames.HasPartialFrame;
            input.AdvanceTo(frames.Consumed, read.Buffer.End);
            if (!read.IsCompleted) continue;
            return partial ? throw new MqttConnectionLostException("The MQTT server closed the connection in the middle of a packet.") : null;
        }
    }

    private void Take(in Frame frame)
    {
        switch (frame.Type)
        {
            case PacketType.PubAck or PacketType.PubRec or PacketType.PubRel or PacketType.PubComp:
                steps.Take(packets.ReadAck(in frame));
                break;
            case PacketType.SubAck:
                var subscribed = packets.ReadSubAck(in frame);
                answers.Complete(subscribed.PacketId, subscribed.Reasons);
                break;
            case PacketType.UnsubAck:
                var unsubscribed = packets.ReadUnsubAck(in frame);
                answers.Complete(unsubscribed.PacketId, unsubscribed.Reasons);
                break;
            case PacketType.PingResp:
                PacketReader.CheckPing(in frame);
                keepAlive.Answered();
                break;
            default:
                throw new MqttProtocolException(ReasonCode.ProtocolError, "4.13", $"The server sent {frame.Type}, which has no place here.");
        }
    }
}
