using System.Net.Sockets;
using SmartCommunity.Mqtt.Client.Publishing;
using SmartCommunity.Mqtt.Client.Receiving;
using SmartCommunity.Mqtt.Client.Subscribing;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Client.Connections;

/// <summary>A connection at work: its sending and receiving loops, and its one end, for whatever reason it comes first.</summary>
internal sealed class Connection
{
    private readonly OpenConnection _open;
    private readonly MqttClientOptions _options;
    private readonly PublishGate _gate;
    private readonly ClientSession _session;
    private readonly bool _keepsSession;
    private readonly KeepAlive _keepAlive;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _sending = Task.CompletedTask;
    private Task _receiving = Task.CompletedTask;
    private int _ended;
    private volatile bool _leaving;

    public Connection(OpenConnection open, MqttClientOptions options, PublishGate gate, ClientSession session, bool keepsSession)
    {
        _open = open;
        _options = options;
        _gate = gate;
        _session = session;
        _keepsSession = keepsSession;
        var maxPacketSize = (int)Math.Min(open.ConnAck.MaximumPacketSize ?? int.MaxValue, int.MaxValue);
        var maxAliases = Math.Min(options.MaxOutgoingAliases, open.ConnAck.TopicAliasMaximum ?? 0);
        SendQueue = new SendQueue(open.Transport.Stream, Version, options.MaxPendingBytes, maxPacketSize, maxAliases) { Drained = gate.Wake };
        Inbox = new Inbox(options, SendQueue, session.Received);
        var interval = open.ConnAck.ServerKeepAlive is { } seconds ? TimeSpan.FromSeconds(seconds) : options.KeepAlive;
        _keepAlive = new KeepAlive(interval, options.AnswerTimeout, SendQueue, options.Time, End);
    }

    public ConnAckPacket ConnAck => _open.ConnAck;

    public MqttVersion Version => _open.Packets.Version;

    public SendQueue SendQueue { get; }

    public Inbox Inbox { get; }

    public PendingAnswers Answers { get; } = new();

    public Task Completion => _completion.Task;

    public void Start()
    {
        _sending = SendAsync();
        _receiving = ReceiveAsync();
    }

    /// <summary>Sends what waits and a DISCONNECT, then closes. Waits for the server no longer than the goodbye time-out, twice.</summary>
    public async Task DisconnectAsync(DisconnectPacket goodbye)
    {
        _leaving = true;
        SendQueue.Disconnect(goodbye);
        try
        {
            await _sending.WaitAsync(_options.GoodbyeTimeout, _options.Time).ConfigureAwait(false);
            // Closing while PUBACKs are still unread would reset the connection, and the reset can overtake the DISCONNECT; the server closes first.
            await _open.Transport.FinishWriting(_stop.Token).WaitAsync(_options.GoodbyeTimeout, _options.Time).ConfigureAwait(false);
            await _receiving.WaitAsync(_options.GoodbyeTimeout, _options.Time).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsBroken(exception) || exception is TimeoutException)
        {
            // The server does not read or is gone; there is no more politeness to be had.
        }

        End(null);
    }

    /// <summary>Ends the connection; the first cause counts.</summary>
    /// <param name="cause">Why; null when this side said goodbye.</param>
    public void End(Exception? cause)
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0) return;
        if (_leaving) cause = null;
        var lost = cause ?? new MqttConnectionLostException("The client disconnected.");
        _keepAlive.Dispose();
        _stop.Cancel();
        SendQueue.End();
        _open.Transport.Stream.Dispose();
        _gate.Close(lost);
        Answers.Fail(lost);
        Inbox.Complete(cause);
        if (!_keepsSession)
        {
            foreach (var outcome in _session.Window.Clear()) outcome.Lost(lost);
        }

        if (cause is null) _completion.TrySetResult();
        else _completion.TrySetException(cause);
        // Nobody has to watch the completion; the failure is told to everybody who waits for something.
        _ = _completion.Task.Exception;
    }

    private async Task SendAsync()
    {
        try
        {
            await SendQueue.RunAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsBroken(exception))
        {
            End(new MqttConnectionLostException($"The MQTT connection broke while sending: {exception.Message}", inner: exception));
        }
    }

    private async Task ReceiveAsync()
    {
        try
        {
            var receiver = new Receiver(_open.Input, _open.Frames, _open.Packets, new(_session.Window, Inbox, SendQueue, Version), Answers, Inbox, _keepAlive, _gate.Wake);
            var goodbye = await receiver.RunAsync(_stop.Token).ConfigureAwait(false);
            End(goodbye is null
                ? new MqttConnectionLostException("The MQTT server closed the connection.")
                : new MqttConnectionLostException(Describe(goodbye), goodbye.Reason, serverReference: goodbye.ServerReference));
        }
        catch (Exception exception) when (IsBroken(exception))
        {
            End(new MqttConnectionLostException($"The MQTT connection broke: {exception.Message}", inner: exception));
        }
        catch (MqttProtocolException exception)
        {
            await TellAsync(exception.Reason).ConfigureAwait(false);
            End(new MqttConnectionLostException($"The MQTT server broke the protocol ({exception.Statement}): {exception.Message}", inner: exception));
        }
        catch (MqttConnectionLostException exception)
        {
            End(exception);
        }
        catch (Exception exception)
        {
            // An outcome of the caller threw; the loop can not go on, and nobody else would hear of it.
            End(new MqttConnectionLostException($"The receiving loop failed: {exception.Message}", inner: exception));
        }
        finally
        {
            await _open.Input.CompleteAsync().ConfigureAwait(false);
            _open.Frames.Dispose();
        }
    }

    // The server learns what it did wrong, if it still listens (MQTT 5.0 section 4.13.1); MQTT 3.1.1 has no words for it.
    private async Task TellAsync(ReasonCode reason)
    {
        if (Version != MqttVersion.V500) return;
        SendQueue.Disconnect(new DisconnectPacket(reason.IsAllowedIn(PacketType.Disconnect) ? reason : ReasonCode.ProtocolError));
        try
        {
            await _sending.WaitAsync(_options.GoodbyeTimeout, _options.Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // It does not.
        }
    }

    private static bool IsBroken(Exception exception) =>
        exception is IOException or SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException;

    private static string Describe(DisconnectPacket goodbye)
    {
        var text = goodbye.Details?.ReasonString is { } reason ? $", \"{reason}\"" : "";
        return $"The MQTT server disconnected: {goodbye.Reason} (0x{(byte)goodbye.Reason:X2}){text}.";
    }
}
