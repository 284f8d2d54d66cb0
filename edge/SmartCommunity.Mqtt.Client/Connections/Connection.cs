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
    private readonly PublishWindow _window;
    private readonly bool _keepsWindow;
    private readonly KeepAlive _keepAlive;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _sending = Task.CompletedTask;
    private Task _receiving = Task.CompletedTask;
    private int _ended;
    private volatile bool _leaving;

    public Connection(OpenConnection open, MqttClientOptions options, PublishGate gate, PublishWindow window, bool keepsWindow)
    {
        _open = open;
        _options = options;
        _gate = gate;
        _window = window;
        _keepsWindow = keepsWindow;
        var maxPacketSize = (int)Math.Min(open.ConnAck.MaximumPacketSize ?? int.MaxValue, int.MaxValue);
        SendQueue = new SendQueue(open.Stream, options.Version, options.MaxPendingBytes, maxPacketSize) { Drained = gate.Wake };
        Inbox = new Inbox(options.MaxWaitingMessages, options.AcknowledgeAutomatically, SendQueue);
        var interval = open.ConnAck.ServerKeepAlive is { } seconds ? TimeSpan.FromSeconds(seconds) : options.KeepAlive;
        _keepAlive = new KeepAlive(interval, options.AnswerTimeout, SendQueue, options.Time, End);
    }

    public ConnAckPacket ConnAck => _open.ConnAck;

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
    public async Task DisconnectAsync(ReasonCode reason)
    {
        _leaving = true;
        SendQueue.Disconnect(new DisconnectPacket(reason));
        try
        {
            await _sending.WaitAsync(_options.GoodbyeTimeout, _options.Time).ConfigureAwait(false);
            // Closing while PUBACKs are still unread would reset the connection, and the reset can overtake the DISCONNECT; the server closes first.
            (_open.Stream as NetworkStream)?.Socket.Shutdown(SocketShutdown.Send);
            await _receiving.WaitAsync(_options.GoodbyeTimeout, _options.Time).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or SocketException or ObjectDisposedException)
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
        _open.Stream.Dispose();
        _gate.Close(lost);
        Answers.Fail(lost);
        Inbox.Complete(cause);
        if (!_keepsWindow)
        {
            foreach (var outcome in _window.Clear()) outcome.Lost(lost);
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
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            End(new MqttConnectionLostException($"The MQTT connection broke while sending: {exception.Message}", inner: exception));
        }
    }

    private async Task ReceiveAsync()
    {
        try
        {
            var receiver = new Receiver(_open.Input, _open.Frames, _open.Packets, _window, Answers, Inbox, _keepAlive, _gate.Wake);
            var goodbye = await receiver.RunAsync(_stop.Token).ConfigureAwait(false);
            End(goodbye is null
                ? new MqttConnectionLostException("The MQTT server closed the connection.")
                : new MqttConnectionLostException(Describe(goodbye), goodbye.Reason));
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            End(new MqttConnectionLostException($"The MQTT connection broke: {exception.Message}", inner: exception));
        }
        catch (MqttProtocolException exception)
        {
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

    private static string Describe(DisconnectPacket goodbye)
    {
        var text = goodbye.Details?.ReasonString is { } reason ? $", \"{reason}\"" : "";
        return $"The MQTT server disconnected: {goodbye.Reason} (0x{(byte)goodbye.Reason:X2}){text}.";
    }
}
