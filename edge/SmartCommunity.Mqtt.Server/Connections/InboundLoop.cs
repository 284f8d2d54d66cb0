using System.IO.Pipelines;
using SmartCommunity.Mqtt.Framing;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Reading;
using SmartCommunity.Mqtt.Writing;

namespace SmartCommunity.Mqtt.Server.Connections;

/// <summary>Reads what a signed-in client sends, packet by packet, until it leaves or the connection closes.</summary>
internal sealed class InboundLoop(Connection connection, SignedIn client)
{
    private readonly PublishIntake _publishes = new(connection, client);
    private readonly SubscriptionIntake _subscriptions = new(connection, client);
    private bool _left;

    public async Task RunAsync()
    {
        while (!_left)
        {
            var read = await connection.Input.ReadAsync();
            if (read.IsCanceled || connection.CloseReason is not null) return;
            connection.Pause(true);
            await ProcessAsync(read);
            while (connection.Writer.IsCongested && connection.CloseReason is null) await connection.Writer.Room.WaitAsync();
            connection.Pause(false);
            if (read.IsCompleted) break;
        }
    }

    private async ValueTask ProcessAsync(ReadResult read)
    {
        var frames = connection.Frames;
        frames.Load(read.Buffer);
        while (!_left && frames.TryRead(out var frame))
        {
            if (frame.Type == PacketType.Publish)
            {
                var taking = _publishes.TakeAsync(in frame);
                if (!taking.IsCompletedSuccessfully) await taking;
            }
            else
            {
                Handle(in frame);
            }
        }

        _publishes.EndBatch();
        if (read.IsCompleted && !_left && frames.HasPartialFrame)
            throw new MqttProtocolException(ReasonCode.MalformedPacket, "2.1.4", "The stream ended inside a packet.");
        connection.BytesIn += read.Buffer.GetOffset(frames.Consumed) - read.Buffer.GetOffset(read.Buffer.Start);
        connection.Input.AdvanceTo(frames.Consumed, read.Buffer.End);
    }

    private void Handle(in Frame frame)
    {
        switch (frame.Type)
        {
            case PacketType.PingReq:
                PacketReader.CheckPing(in frame);
                connection.Writer.Answer(static (output, _) => PacketWriter.WritePingResp(output));
                break;
            case PacketType.PubAck or PacketType.PubRec or PacketType.PubRel or PacketType.PubComp:
                HandleAck(client.Reader.ReadAck(in frame));
                break;
            case PacketType.Subscribe:
                _subscriptions.Subscribe(client.Reader.ReadSubscribe(in frame));
                break;
            case PacketType.Unsubscribe:
                _subscriptions.Unsubscribe(client.Reader.ReadUnsubscribe(in frame));
                break;
            case PacketType.Disconnect:
                Leave(client.Reader.ReadDisconnect(in frame));
                break;
            case PacketType.Connect:
                throw new MqttProtocolException(ReasonCode.ProtocolError, "MQTT-3.1.0-2", "A second CONNECT.");
            default:
                throw new MqttProtocolException(ReasonCode.ProtocolError, "4.13", $"A client must not send {frame.Type}.");
        }
    }

    private void HandleAck(AckPacket ack)
    {
        var outgoing = client.Session.Outgoing;
        switch (ack.Type)
        {
            case PacketType.PubRel:
                var known = client.Session.Received.Release(ack.PacketId);
                Answer(PacketType.PubComp, ack.PacketId, known);
                return;
            case PacketType.PubRec when !ack.Reason.IsError():
                Answer(PacketType.PubRel, ack.PacketId, outgoing.MarkReceived(ack.PacketId));
                return;
            default:
                if (outgoing.Complete(ack.PacketId)) connection.Writer.Wake();
                return;
        }
    }

    private void Answer(PacketType type, ushort packetId, bool known)
    {
        var reason = known ? ReasonCode.Success : ReasonCode.PacketIdentifierNotFound;
        connection.Writer.Answer([new AckPacket(type, packetId, reason)]);
        connection.Writer.Wake();
    }

    private void Leave(DisconnectPacket packet)
    {
        if (packet.SessionExpiryInterval is { } seconds)
        {
            if (client.AskedExpiry == 0 && seconds != 0)
                throw new MqttProtocolException(ReasonCode.ProtocolError, "3.14.2.2.2", "A session expiry in DISCONNECT where CONNECT had none.");
            var asked = TimeSpan.FromSeconds(seconds);
            client.Session.Expiry = asked < connection.Parts.Options.MaxSessionExpiry ? asked : connection.Parts.Options.MaxSessionExpiry;
        }

        if (packet.Reason != ReasonCode.DisconnectWithWill) connection.DropWill();
        connection.Close(CloseReason.Disconnected);
        _left = true;
    }
}
