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
    // What a packet costs beside its bytes, in bytes: without it, a turn would be thousands of empty packets.
    private const int CostOfPacket = 64;

    private readonly PublishIntake _publishes = new(connection, client);
    private readonly SubscriptionIntake _subscriptions = new(connection, client);
    private bool _left;
    private int _turn;
    private int _messages;

    public async Task RunAsync()
    {
        while (!_left)
        {
            var reading = connection.Input.ReadAsync();
            // Waiting for bytes gives the thread away; a client whose bytes are always there gives it away at the end of its turn.
            if (!reading.IsCompleted) _turn = 0;
            var read = await reading;
            if (read.IsCanceled || connection.CloseReason is not null) return;
            connection.Pause(true);
            var taken = await TakeAsync(read);
            var wait = connection.Charge(_messages, taken);
            _messages = 0;
            // Beyond its rate: what came is taken, and no more is read until the debt is paid.
            if (wait > TimeSpan.Zero) await Task.Delay(wait, connection.Parts.Time, connection.Stopping);
            while (connection.Writer.IsCongested && connection.CloseReason is null) await connection.Writer.WaitForRoomAsync();
            connection.Pause(false);
            if (read.IsCompleted) break;
        }
    }

    private async ValueTask<long> TakeAsync(ReadResult read)
    {
        try
        {
            return await ProcessAsync(read);
        }
        catch (MqttProtocolException)
        {
            // Nothing of it is looked at any more; the connection may go on to read away what follows.
            connection.Input.AdvanceTo(read.Buffer.End);
            throw;
        }
    }

    // Answers how many bytes of packets were taken.
    private async ValueTask<long> ProcessAsync(ReadResult read)
    {
        var frames = connection.Frames;
        frames.Load(read.Buffer);
        while (!_left && frames.TryRead(out var frame))
        {
            if (frame.Type == PacketType.Publish)
            {
                _messages++;
                var taking = _publishes.TakeAsync(in frame);
                if (!taking.IsCompletedSuccessfully) await taking;
            }
            else
            {
                var handling = HandleAsync(in frame);
                if (!handling.IsCompletedSuccessfully)
                {
                    _publishes.EndBatch();
                    await handling;
                }
            }

            _turn += frame.Size + CostOfPacket;
            if (_turn < connection.Parts.Options.ReadTurnBytes) continue;
            _turn = 0;
            _publishes.EndBatch();
            await Task.Yield();
            if (connection.CloseReason is not null) break;
        }

        _publishes.EndBatch();
        if (read.IsCompleted && !_left && frames.HasPartialFrame)
            throw new MqttProtocolException(ReasonCode.MalformedPacket, "2.1.4", "The stream ended inside a packet.");
        var taken = read.Buffer.GetOffset(frames.Consumed) - read.Buffer.GetOffset(read.Buffer.Start);
        connection.Input.AdvanceTo(frames.Consumed, read.Buffer.End);
        return taken;
    }

    private ValueTask HandleAsync(in Frame frame)
    {
        switch (frame.Type)
        {
            case PacketType.PingReq when frame.Body.Length > 0:
                LeaveUnanswered("3.12.1", "PINGREQ has a body.");
                break;
            case PacketType.PingReq:
                connection.Writer.Answer(static (output, _) => PacketWriter.WritePingResp(output));
                break;
            case PacketType.PubAck or PacketType.PubRec or PacketType.PubRel or PacketType.PubComp:
                HandleAck(client.Reader.ReadAck(in frame));
                return _publishes.WaitForAcksAsync();
            case PacketType.Subscribe:
                return _subscriptions.SubscribeAsync(client.Reader.ReadSubscribe(in frame));
            case PacketType.Unsubscribe:
                return _subscriptions.UnsubscribeAsync(client.Reader.ReadUnsubscribe(in frame));
            case PacketType.Disconnect:
                Leave(in frame);
                break;
            case PacketType.Connect:
                throw new MqttProtocolException(ReasonCode.ProtocolError, "MQTT-3.1.0-2", "A second CONNECT.");
            default:
                throw new MqttProtocolException(ReasonCode.ProtocolError, "4.13", $"A client must not send {frame.Type}.");
        }

        return default;
    }

    private void HandleAck(AckPacket ack)
    {
        var outgoing = client.Session.Outgoing;
        if (ack.Type == PacketType.PubRel)
        {
            client.Session.Received.Release(ack.PacketId, out var released);
            Answer(PacketType.PubComp, ack.PacketId, released);
            return;
        }

        // An answer to something else than what was sent under the identifier (MQTT 5.0 section 4.3). One for no message at all is late, and harmless.
        var awaited = outgoing.Awaited(ack.PacketId);
        if (awaited is not null && awaited != ack.Type && (awaited != PacketType.PubComp || ack.Type != PacketType.PubRec || ack.Reason.IsError()))
            throw new MqttProtocolException(ReasonCode.ProtocolError, "4.3", $"{ack.Type} where {awaited} was due.");
        if (ack.Type == PacketType.PubRec && !ack.Reason.IsError())
        {
            outgoing.MarkReceived(ack.PacketId, out var received);
            Answer(PacketType.PubRel, ack.PacketId, received);
        }
        else if (outgoing.Complete(ack.PacketId))
        {
            connection.Writer.Wake();
        }
    }

    // In a lasting session the next step goes out when the one before it is on disk.
    private void Answer(PacketType type, ushort packetId, long position)
    {
        var answer = new AckPacket(type, packetId);
        if (position > 0)
        {
            connection.Acks.Queue.Add(0, position, in answer);
            connection.Acks.Kick();
            return;
        }

        connection.Writer.Answer([answer]);
        connection.Writer.Wake();
    }

    // Ends the connection without DISCONNECT; the will stays in force.
    private void LeaveUnanswered(string statement, string message)
    {
        connection.Close(new CloseReason(CloseCause.ProtocolViolation, Statement: statement, Message: message));
        _left = true;
    }

    private void Leave(in Frame frame)
    {
        DisconnectPacket packet;
        try
        {
            packet = client.Reader.ReadDisconnect(in frame);
        }
        catch (MqttProtocolException violation) when (violation.Statement == "MQTT-3.14.2-1")
        {
            LeaveUnanswered(violation.Statement, violation.Message);
            return;
        }

        if (packet.SessionExpiryInterval is { } seconds)
        {
            if (client.AskedExpiry == 0 && seconds != 0)
                throw new MqttProtocolException(ReasonCode.ProtocolError, "3.14.2.2.2", "A session expiry in DISCONNECT where CONNECT had none.");
            var asked = TimeSpan.FromSeconds(seconds);
            client.Session.Expiry = asked < connection.Parts.Options.MaxSessionExpiry ? asked : connection.Parts.Options.MaxSessionExpiry;
        }

        // Any other reason leaves the will in force [MQTT-3.1.2-8], [MQTT-3.14.4-3].
        if (packet.Reason == ReasonCode.Success) connection.DropWill();
        connection.Close(CloseReason.Disconnected);
        _left = true;
    }
}
