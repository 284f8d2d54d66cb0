using System.Security.Cryptography;
using SmartCommunity.Mqtt.Framing;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Reading;
using SmartCommunity.Mqtt.Server.Limits;
using SmartCommunity.Mqtt.Server.Ports;
using SmartCommunity.Mqtt.Server.Sessions;
using SmartCommunity.Mqtt.Writing;

namespace SmartCommunity.Mqtt.Server.Connections;

/// <summary>From the first byte to CONNACK (MQTT 5.0 section 3.1.4).</summary>
internal sealed class Handshake(Connection connection)
{
    private readonly ServerParts _parts = connection.Parts;

    /// <summary>Signs the client in; false when it was refused, and has been told so as far as its version can.</summary>
    public async ValueTask<bool> RunAsync()
    {
        var connect = await ReadConnectAsync();
        if (connect is null) return false;
        Adapt(connect);
        if (connection.Ticket.Refusal is { } limit) return Refuse(connection.Ticket.Reason, limit.Name(), connect);
        if (connect.Will is { } last && last.Payload.Length > _parts.Options.MaxWillBytes)
        {
            _parts.Limits.Reached(Limit.WillSize, connection.RemoteAddress, $"{_parts.Options.MaxWillBytes} B");
            return Refuse(ReasonCode.QuotaExceeded, "the will is too large", connect);
        }

        if (connect.AuthenticationMethod is not null) return Refuse(ReasonCode.BadAuthenticationMethod, "enhanced authentication", connect);
        if (connect is { ClientId: "", CleanStart: false, Version: MqttVersion.V311 })
            return Refuse(ReasonCode.ClientIdentifierNotValid, "no client identifier for a lasting session", connect);

        if (_parts.Limits.Admission.IsGuessing(connection.Ticket))
        {
            _parts.Limits.Reached(Limit.FailedSignIns, connection.RemoteAddress, $"{_parts.Options.MaxHeldRefusalsPerAddress} held back");
            return Refuse(ReasonCode.ConnectionRateExceeded, "too many wrong credentials from this address", connect);
        }

        ClientIdentity? identity;
        try
        {
            identity = await AuthenticateAsync(connect);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Nobody gets in because the directory is broken.
            _parts.Log.Unexpected(connection.RemoteAddress, failure);
            return Refuse(ReasonCode.ServerUnavailable, "the credentials can not be checked now", connect);
        }

        if (identity is null)
        {
            await HoldBackAsync();
            return Refuse(ReasonCode.BadUserNameOrPassword, "bad user name or password", connect);
        }

        if (connect.Will is { } will && !_parts.Authorizer.MayPublish(identity, will.Topic))
            return Refuse(ReasonCode.NotAuthorized, "the will's topic is not allowed", connect);
        return await AttachAsync(connect, identity);
    }

    private void Adapt(ConnectPacket connect)
    {
        var writer = connection.Writer;
        writer.Version = connect.Version;
        writer.MaxPacketSize = (int)Math.Min(connect.MaximumPacketSize ?? int.MaxValue, int.MaxValue);
        writer.ExplainsEnd = _parts.Options.ReasonStrings switch
        {
            ReasonStringUse.Always => connect.Version == MqttVersion.V500,
            ReasonStringUse.WhenAsked => connect.IsProblemInformationAsked,
            _ => false,
        };
        writer.Explains = writer.ExplainsEnd && connect.RequestProblemInformation;
    }

    // Whoever guesses waits for each answer; those who know their token do not come by here.
    private async ValueTask HoldBackAsync()
    {
        var delay = _parts.Limits.Admission.SignInFailed(connection.Ticket);
        if (delay <= TimeSpan.Zero) return;
        _parts.Limits.Reached(Limit.FailedSignIns, connection.RemoteAddress, $"{_parts.Options.FailedSignInsPerSecondPerAddress}/s");
        try
        {
            await Task.Delay(delay, _parts.Time, connection.Stopping);
        }
        finally
        {
            _parts.Limits.Admission.Answered(connection.Ticket);
        }
    }

    private async ValueTask<ConnectPacket?> ReadConnectAsync()
    {
        while (true)
        {
            var read = await connection.Input.ReadAsync();
            if (read.IsCanceled) return null;
            connection.Frames.Load(read.Buffer);
            if (connection.Frames.TryRead(out var frame))
            {
                var connect = ReadConnect(in frame);
                connection.Input.AdvanceTo(connection.Frames.Consumed);
                return connect;
            }

            // Whatever is not a CONNECT is not waited for [MQTT-3.1.0-1].
            if (!read.Buffer.IsEmpty && read.Buffer.FirstSpan is [var first, ..] && first >> 4 != (int)PacketType.Connect) ThrowNotConnect(first);
            connection.Input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (!read.IsCompleted) continue;
            if (connection.Frames.HasPartialFrame) throw new MqttProtocolException(ReasonCode.MalformedPacket, "2.1.4", "The stream ended inside CONNECT.");
            return null;
        }
    }

    private ConnectPacket ReadConnect(in Frame frame)
    {
        if (frame.Type != PacketType.Connect) ThrowNotConnect(frame.Header);
        try
        {
            return PacketReader.ReadConnect(in frame, _parts.Options.Packets);
        }
        catch (MqttProtocolException violation)
        {
            AnswerViolation(frame.Body.Span, violation);
            throw;
        }
    }

    // CONNECT = name level …: they say whether somebody is there who understands an answer, and in which form. Level 3 and 4 know the one of
    // 3.1.1 [3.1.1: MQTT-3.1.2-2]; who asks for a level that does not exist gets the newest.
    private void AnswerViolation(ReadOnlySpan<byte> body, MqttProtocolException violation)
    {
        var isOld = body.StartsWith("\0\u0006MQIsdp"u8);
        var name = isOld ? 8 : 6;
        if (body.Length <= name || (!isOld && !body.StartsWith("\0\u0004MQTT"u8))) return;
        var isV5 = isOld ? body[name] != 3 : body[name] >= 5;
        if (!(isV5 ? IsReadable(violation) : IsToldInV311(violation.Reason))) return;
        connection.Writer.Version = isV5 ? MqttVersion.V500 : MqttVersion.V311;
        Answer(new ConnAckPacket { Reason = violation.Reason.IsAllowedIn(PacketType.ConnAck) ? violation.Reason : ReasonCode.MalformedPacket });
    }

    // A CONNECT that is cut off, or whose names are no text, was not written by an MQTT client: section 4.13 allows an answer, and nobody reads it.
    private static bool IsReadable(MqttProtocolException violation) =>
        violation.Statement != "2.1.4" && !violation.Statement.Contains("1.5.4", StringComparison.Ordinal);

    private static bool IsToldInV311(ReasonCode reason) => reason is ReasonCode.UnsupportedProtocolVersion or ReasonCode.ClientIdentifierNotValid;

    private async ValueTask<ClientIdentity?> AuthenticateAsync(ConnectPacket connect)
    {
        var credentials = new ClientCredentials(connect.ClientId, connect.UserName, connect.Password, connection.RemoteAddress)
        {
            HasPassword = connect.Password is not null,
            Certificate = connection.Transport.Certificate,
        };
        var identity = await _parts.Authenticator.AuthenticateAsync(credentials, connection.Stopping);
        CryptographicOperations.ZeroMemory(connect.Password);
        if (identity is null || identity.ClientId.Length > 0) return identity;
        return identity with { ClientId = connect.ClientId.Length > 0 ? connect.ClientId : $"auto-{Guid.NewGuid():N}" };
    }

    private async ValueTask<bool> AttachAsync(ConnectPacket connect, ClientIdentity identity)
    {
        var expiry = Expiry(connect);
        var key = SessionKey.Of(identity);
        (Session Session, bool Present)? attached;
        _parts.Limits.TakeOvers.Enter(key, connection);
        try
        {
            attached = await _parts.Sessions.AttachAsync(connection, identity, connect.CleanStart, expiry, connection.Stopping);
        }
        catch (TimeoutException)
        {
            return Refuse(ReasonCode.ServerBusy, "the old connection does not let go of the session", connect);
        }
        finally
        {
            _parts.Limits.TakeOvers.Leave(key, connection);
        }

        if (attached is not { } found)
        {
            _parts.Limits.Reached(Limit.Sessions, identity.Name, $"{_parts.Options.MaxSessions}");
            return Refuse(ReasonCode.QuotaExceeded, "too many sessions", connect);
        }

        var keepAlive = KeepAlive(connect);
        var reader = new PacketReader(connect.Version, _parts.Options.Packets);
        connection.SignIn(new SignedIn(identity, connect.Version, found.Session, reader, connect.SessionExpiryInterval ?? 0), connect, keepAlive, Silence(connect, keepAlive));
        // Either a revocation finds this connection from here on, or its change is seen here.
        Interlocked.MemoryBarrier();
        if (!_parts.Authenticator.IsStillGood(identity))
        {
            connection.DropWill();
            return Refuse(ReasonCode.BadUserNameOrPassword, "revoked while signing in", connect);
        }

        var accept = Accept(connect, identity, expiry, found.Present);
        // No packet may be larger than what the client takes [MQTT-3.1.2-24], not even the first.
        if (!Answer(accept)) return Refuse(ReasonCode.PacketTooLarge, "CONNACK is above the client's maximum packet size", connect);
        found.Session.Outgoing.Attach(Math.Min(connect.ReceiveMaximum ?? ushort.MaxValue, _parts.Options.MaxInFlight));
        connection.Writer.Serve(found.Session, connect.TopicAliasMaximum ?? 0);
        return true;
    }

    // MQTT 3.1.1 knows two lifetimes: until the connection ends, and for ever; the limit holds for both protocols.
    private TimeSpan Expiry(ConnectPacket connect)
    {
        var asked = connect.Version == MqttVersion.V311
            ? (connect.CleanStart ? TimeSpan.Zero : TimeSpan.MaxValue)
            : TimeSpan.FromSeconds(connect.SessionExpiryInterval ?? 0);
        return asked < _parts.Options.MaxSessionExpiry ? asked : _parts.Options.MaxSessionExpiry;
    }

    // MQTT 5 clients are told when they have to keep another keep alive than they asked for [MQTT-3.1.2-21]; those of 3.1.1 can not be.
    private int KeepAlive(ConnectPacket connect)
    {
        var most = _parts.Options.MaxKeepAlive;
        var isTooLong = connect.KeepAlive == 0 || connect.KeepAlive > most;
        return connect.Version == MqttVersion.V500 && isTooLong ? most : connect.KeepAlive;
    }

    private TimeSpan Silence(ConnectPacket connect, int keepAlive)
    {
        var most = _parts.Options.MaxSilence;
        if (keepAlive == 0) return most;
        var asked = TimeSpan.FromSeconds(keepAlive * 1.5);
        return connect.Version == MqttVersion.V500 || asked < most ? asked : most;
    }

    private ConnAckPacket Accept(ConnectPacket connect, ClientIdentity identity, TimeSpan expiry, bool present)
    {
        var options = _parts.Options;
        var granted = (uint)expiry.TotalSeconds;
        return new ConnAckPacket
        {
            SessionPresent = present,
            ReceiveMaximum = (ushort)options.ReceiveMaximum,
            MaximumPacketSize = (uint)options.MaxPacketSize,
            TopicAliasMaximum = (ushort)options.TopicAliasMaximum,
            SharedSubscriptionAvailable = true,
            AssignedClientIdentifier = connect.ClientId.Length == 0 ? identity.ClientId : null,
            ServerKeepAlive = connection.KeepAlive == connect.KeepAlive ? null : (ushort)connection.KeepAlive,
            SessionExpiryInterval = granted == (connect.SessionExpiryInterval ?? 0) ? null : granted,
        };
    }

    private bool Refuse(ReasonCode reason, string why, ConnectPacket connect)
    {
        var bare = new ConnAckPacket { Reason = reason };
        if (!connection.Writer.ExplainsEnd || !Answer(bare with { ReasonString = why })) Answer(bare);
        _parts.Metrics.Refused.Add(1, Diagnostics.ServerMetrics.Reason(reason));
        _parts.Log.Refused(connection.RemoteAddress, connect.ClientId, connect.UserName ?? "", (byte)reason, why);
        connection.Close(CloseReason.Refused);
        return false;
    }

    private bool Answer(ConnAckPacket packet) => connection.Writer.Answer((output, version) => PacketWriter.Write(output, version, packet));

    private static void ThrowNotConnect(byte first) =>
        throw new MqttProtocolException(ReasonCode.ProtocolError, "MQTT-3.1.0-1", $"The first packet has type {first >> 4}, and must be CONNECT.");
}
