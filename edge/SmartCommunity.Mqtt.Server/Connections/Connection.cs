using Microsoft.AspNetCore.Connections;
using SmartCommunity.Mqtt.Framing;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Reading;
using SmartCommunity.Mqtt.Server.Limits;
using SmartCommunity.Mqtt.Server.Sessions;
using SmartCommunity.Mqtt.Server.Transports;

namespace SmartCommunity.Mqtt.Server.Connections;

/// <summary>One network connection, from its first byte to its end: handshake, then read loop, acknowledgement pump and writer side by side.</summary>
internal sealed class Connection
{
    private readonly ConnectionContext _transport;
    private readonly Watchdog _watchdog;
    private CancellationTokenSource? _stop;
    private TaskCompletionSource? _completion;
    private AckPump? _acks;
    private Task _pumping = Task.CompletedTask;
    private CloseReason? _closeReason;
    private WillMessage? _will;
    private PublishRate? _rate;
    private volatile bool _isOver;

    public Connection(ServerParts parts, ConnectionContext transport, AdmissionTicket ticket, long number)
    {
        Parts = parts;
        Ticket = ticket;
        Number = number;
        _transport = transport;
        Since = parts.Time.GetUtcNow();
        Transport = TransportInfo.Of(transport);
        Frames = new FrameReader(parts.Options.MaxPacketSizeBeforeSignIn);
        Writer = new ConnectionWriter(this, transport.Transport.Output);
        _watchdog = new Watchdog(this);
    }

    public ServerParts Parts { get; }

    /// <summary>Names the connection within this process.</summary>
    public long Number { get; }

    /// <summary>Its place in the limits.</summary>
    public AdmissionTicket Ticket { get; }

    /// <summary>IP address and port; made anew at each call, because most connections are never spoken of.</summary>
    public string RemoteAddress => _transport.RemoteEndPoint?.ToString() ?? "?";

    /// <summary>The device or account, or the address while it has not signed in: for log lines.</summary>
    public string ClientName => Client?.Identity.Name ?? RemoteAddress;

    /// <summary>What carries it, and the certificate that the client showed.</summary>
    public TransportInfo Transport { get; }

    public DateTimeOffset Since { get; }

    public FrameReader Frames { get; }

    public ConnectionWriter Writer { get; }

    /// <summary>The acknowledgements that wait. Made, and started, by the read loop with the first message: most connections are silent.</summary>
    public AckPump Acks
    {
        get
        {
            if (_acks is { } acks) return acks;
            acks = new AckPump(Parts.Receiver, Parts.Store, Writer);
            Volatile.Write(ref _acks, acks);
            _pumping = PumpAsync(acks);
            return acks;
        }
    }

    /// <summary>How many acknowledgements wait.</summary>
    public int Unacknowledged => Volatile.Read(ref _acks)?.Queue.Count ?? 0;

    public System.IO.Pipelines.PipeReader Input => _transport.Transport.Input;

    /// <summary>Null until the client has signed in.</summary>
    public SignedIn? Client { get; private set; }

    /// <summary>Messages that the client published.</summary>
    public long MessagesIn { get; set; }

    /// <summary>Bytes of packets that came and were taken.</summary>
    public long BytesIn { get; set; }

    /// <summary>The keep alive in seconds that holds; 0 is none.</summary>
    public int KeepAlive { get; private set; }

    /// <summary>When bytes last came.</summary>
    public DateTimeOffset LastReadAt => Parts.Time.GetUtcNow() - _watchdog.SinceRead;

    /// <summary>Whether the endpoint does not read at the moment.</summary>
    public bool IsHeldBack => _watchdog.Paused;

    /// <summary>What a DISCONNECT of the client, or the endpoint, said first; null while the connection lives.</summary>
    public CloseReason? CloseReason => Volatile.Read(ref _closeReason);

    /// <summary>Cancelled when the connection closes.</summary>
    public CancellationToken Stopping
    {
        get
        {
            var stop = _stop ?? Interlocked.CompareExchange(ref _stop, new CancellationTokenSource(), null) ?? _stop;
            if (CloseReason is not null) stop.Cancel();
            return stop.Token;
        }
    }

    /// <summary>Completes when the connection has let go of its session and everything else.</summary>
    public Task Completion
    {
        get
        {
            var completion = _completion
                ?? Interlocked.CompareExchange(ref _completion, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), null)
                ?? _completion;
            if (_isOver) completion.TrySetResult();
            return completion.Task;
        }
    }

    /// <summary>
    /// Says that the endpoint works on what has come (true) or waits for the client (false). Only the latter counts against its keep alive: while the
    /// endpoint does not read, the client can not be heard.
    /// </summary>
    public void Pause(bool paused) => _watchdog.Paused = paused;

    /// <summary>Starts to end the connection; only the first reason counts. Thread-safe; does not wait.</summary>
    public void Close(CloseReason reason)
    {
        if (Interlocked.CompareExchange(ref _closeReason, reason, null) is not null) return;
        Volatile.Read(ref _stop)?.Cancel();
        Volatile.Read(ref _acks)?.Room.Set();
        Writer.Release();
        Input.CancelPendingRead();
    }

    /// <summary>The client has signed in and owns its session.</summary>
    /// <param name="client">Who it is.</param>
    /// <param name="connect">What it sent.</param>
    /// <param name="keepAlive">The keep alive in seconds that holds; 0 is none.</param>
    /// <param name="silence">How long it may be silent.</param>
    public void SignIn(SignedIn client, ConnectPacket connect, int keepAlive, TimeSpan silence)
    {
        Client = client;
        _rate = Parts.Limits.PublishRates.Enter(client.Identity.Name);
        Ticket.SignedIn();
        _will = connect.Will;
        Frames.MaxPacketSize = Parts.Options.MaxPacketSize;
        WillPublisher.Cancel(client.Session);
        KeepAlive = keepAlive;
        _watchdog.SignedIn(silence);
    }

    /// <summary>The client said goodbye: its will is void [MQTT-3.1.2-10].</summary>
    public void DropWill() => _will = null;

    /// <summary>Counts what was read; answers how long the connection is not to be read now.</summary>
    public TimeSpan Charge(int messages, long bytes)
    {
        BytesIn += bytes;
        Parts.Metrics.BytesReceived.Add(bytes);
        if (_rate is not { } rate) return TimeSpan.Zero;
        var wait = rate.Charge(messages, bytes, out var limit);
        if (wait > TimeSpan.Zero)
            Parts.Limits.Reached(limit, ClientName, limit == Limit.PublishRate ? $"{Parts.Options.MaxPublishRate}/s" : $"{Parts.Options.MaxPublishBytesRate} B/s");
        return wait;
    }

    /// <summary>Nothing can be answered after the writer's end, so the connection ends with it.</summary>
    public void WriterFailed(Exception failure)
    {
        if (!IsTransportFailure(failure)) Parts.Log.Unexpected(RemoteAddress, failure);
        Close(Connections.CloseReason.Gone);
    }

    /// <summary>Serves the connection until it ends. Throws nothing.</summary>
    public async Task RunAsync()
    {
        _watchdog.Start();
        try
        {
            if (await new Handshake(this).RunAsync()) await new InboundLoop(this, Client!).RunAsync();
        }
        catch (Exception failure)
        {
            CloseAfter(failure);
        }
        finally
        {
            Close(Connections.CloseReason.Gone);
            await FinishAsync();
            await LingerAsync();
        }
    }

    private async Task PumpAsync(AckPump acks)
    {
        try
        {
            await acks.RunAsync(Stopping);
        }
        catch (Exception failure)
        {
            CloseAfter(failure);
        }
    }

    // After everything else has been let go, so that neither a take-over nor a stop waits for it.
    private async Task LingerAsync()
    {
        var wasTold = CloseReason is { Cause: CloseCause.ProtocolViolation, Code: not null } && Client?.Version == MqttVersion.V500;
        if (wasTold && Parts.Options.LingerTime > TimeSpan.Zero) await Linger.RunAsync(Input, Parts.Options.LingerTime, Parts.Time);
    }

    // Whatever ends one of the clean loops becomes a reason. A connection that was closed keeps the one that it has.
    private void CloseAfter(Exception failure)
    {
        switch (failure)
        {
            case MqttProtocolException violation:
                Close(Connections.CloseReason.Violation(violation));
                break;
            case PublishRefusedException refused:
                Close(new CloseReason(CloseCause.NotAuthorized, ReasonCode.NotAuthorized, "3.3.5", refused.Message));
                break;
            case ReceiverFailedException failed:
                Close(new CloseReason(CloseCause.ReceiverFailed, ReasonCode.ImplementationSpecificError, Message: failed.Message));
                break;
            case OperationCanceledException when CloseReason is not null:
                break;
            case var _ when IsTransportFailure(failure):
                Close(Connections.CloseReason.Gone);
                break;
            default:
                Parts.Log.Unexpected(RemoteAddress, failure);
                Close(new CloseReason(CloseCause.InternalError, ReasonCode.UnspecifiedError, Message: failure.Message));
                break;
        }
    }

    private static bool IsTransportFailure(Exception failure) =>
        failure is ConnectionResetException or ConnectionAbortedException or IOException or OperationCanceledException;

    // Whatever fails on the way: the session is let go, and whoever waits for that is told.
    private async Task FinishAsync()
    {
        try
        {
            await SettleAsync();
        }
        catch (Exception failure)
        {
            Parts.Log.Unexpected(RemoteAddress, failure);
        }
        finally
        {
            if (Client is { } client)
            {
                Parts.Limits.PublishRates.Leave(client.Identity.Name, _rate);
                Parts.Sessions.Detach(client.Session);
            }

            _isOver = true;
            Interlocked.MemoryBarrier();
            _completion?.TrySetResult();
        }
    }

    private async Task SettleAsync()
    {
        _watchdog.Stop();
        _acks?.Stop();
        await _pumping;
        var reason = CloseReason!;
        if (reason.Code is { } code && Client?.Version == MqttVersion.V500) SayGoodbye(code, reason.Text);
        await EndWriterAsync();
        Frames.Dispose();
        if (Client is not { } client) return;

        if (reason.Cause == CloseCause.ReceiverFailed) client.Session.Received.ForgetAbove(Parts.Receiver.DurableThrough);
        // A stop of the endpoint says nothing about the device, so it publishes no will; an account that is gone has nothing to say.
        if (_will is { } will && reason.Cause is not (CloseCause.ShuttingDown or CloseCause.Revoked)) await Parts.Wills.PublishOrDelayAsync(client.Session, will, CancellationToken.None);
    }

    private void SayGoodbye(ReasonCode code, string? text)
    {
        var bare = new DisconnectPacket(code);
        if (Writer.ExplainsEnd && text is not null && Say(bare with { Details = new ReasonDetails { ReasonString = text } })) return;
        Say(bare);

        bool Say(DisconnectPacket packet) => Writer.Answer((output, version) => Writing.PacketWriter.Write(output, version, packet));
    }

    private async Task EndWriterAsync()
    {
        try
        {
            await Writer.StopAsync().WaitAsync(Parts.Options.CloseTimeout, Parts.Time);
            if (!Writer.HasFailed) return;
        }
        catch (TimeoutException)
        {
            // Aborted below.
        }

        _transport.Abort(new ConnectionAbortedException("The client does not read."));
    }
}
