using System.Threading.Channels;
using SmartCommunity.Mqtt.Client.Connections;
using SmartCommunity.Mqtt.Client.Publishing;
using SmartCommunity.Mqtt.Client.Receiving;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Client.Reconnecting;

/// <summary>
/// A client that comes back after every loss. Publishes that wait for their end are sent again under their old packet identifiers and with DUP, in their
/// order; QoS 2 goes on where it was, in both directions; subscriptions are made again when the server no longer has them. Thread-safe.
/// </summary>
/// <remarks>
/// Use a client id, and no clean start with a session expiry: then the server knows a resent packet identifier when it has seen it. With a clean start and
/// a session expiry, the first connection starts anew, and later ones resume it (MQTT 5.0 only).
/// </remarks>
public sealed class ReconnectingMqttClient : IAsyncDisposable
{
    private readonly MqttClientOptions _options;
    private readonly ReconnectOptions _reconnect;
    private readonly Backoff _backoff;
    private readonly ClientSession _session;
    private readonly CurrentClient _current = new();

    // SemaphoreSlim hands its turn over in the order of the waiting calls, so that messages go out in the order of PublishAsync.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Channel<MqttMessage> _messages;
    private readonly Subscriptions _subscriptions = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private Task _pumping = Task.CompletedTask;
    private string? _assignedId;
    private volatile bool _vanishes;

    /// <summary>Starts to connect, and keeps at it until it is disposed of.</summary>
    /// <param name="options">How to connect.</param>
    /// <param name="reconnect">How to come back.</param>
    /// <param name="random">The source of the jitter; not used by others afterwards.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public ReconnectingMqttClient(MqttClientOptions options, ReconnectOptions reconnect, Random random)
    {
        options.Check();
        reconnect.Check();
        _options = options;
        _reconnect = reconnect;
        _backoff = new Backoff(reconnect, random);
        _session = new ClientSession(options.MaxInFlight);
        _messages = Channel.CreateBounded<MqttMessage>(options.MaxWaitingMessages);
        _running = RunAsync();
    }

    /// <summary>Whether a connection stands now.</summary>
    public bool IsConnected => _current.Value is not null;

    /// <summary>QoS 1 and 2 publishes that wait for their end.</summary>
    public int InFlight => _session.Window.InFlight;

    /// <summary>Delivered messages of all connections. Ends when the client is disposed of; with the exception of a callback that threw.</summary>
    public ChannelReader<MqttMessage> Messages => _messages.Reader;

    /// <summary>Waits until a connection stands.</summary>
    public Task WaitUntilConnectedAsync(CancellationToken cancellationToken = default) => _current.WaitAsync(cancellationToken);

    /// <summary>
    /// Publishes a message, now or once there is a connection. At QoS 1 and 2 it completes with its acknowledgement, on whichever connection that comes; at QoS 0 a
    /// message can be lost with its connection.
    /// </summary>
    /// <param name="message">The message; kept until its acknowledgement.</param>
    /// <param name="cancellationToken">Stops waiting; a message that was sent before stays in flight.</param>
    /// <exception cref="MqttPublishRefusedException">The server refused the message.</exception>
    /// <exception cref="MqttConnectionLostException">The client was disposed of before the PUBACK.</exception>
    public async Task<ReasonCode> PublishAsync(MqttPublish message, CancellationToken cancellationToken = default)
    {
        var operation = PublishOperation.Create(message);
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (!await TryStartAsync(message, operation, cancellationToken).ConfigureAwait(false))
            {
                // The next connection takes it.
            }
        }
        finally
        {
            _turn.Release();
        }

        return operation is null ? ReasonCode.Success : await operation.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Subscribes once a connection stands, and again on every later connection whose server has forgotten it.</summary>
    /// <param name="filter">The topic filter with its options.</param>
    /// <param name="identifier">A number that comes back with each delivery; null for none. MQTT 5.0 only.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="MqttSubscribeRefusedException">The server refused the filter; it is not tried again.</exception>
    /// <exception cref="TimeoutException">No SUBACK within the answer time-out; it is not tried again.</exception>
    public async Task SubscribeAsync(SubscriptionRequest filter, int? identifier = null, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var client = await _current.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await client.SubscribeAsync([filter], identifier, cancellationToken).ConfigureAwait(false);
                _subscriptions.Add(filter, identifier);
                // A connection that came in between does not know of it.
                if (_current.Value == client) return;
            }
            catch (MqttConnectionLostException) when (!_stop.IsCancellationRequested)
            {
                _current.Retire(client);
            }
        }
    }

    /// <summary>Takes a subscription back, now and on later connections.</summary>
    /// <exception cref="TimeoutException">No UNSUBACK within the answer time-out.</exception>
    public async Task UnsubscribeAsync(string filter, CancellationToken cancellationToken = default)
    {
        _subscriptions.Remove(filter);
        while (true)
        {
            var client = await _current.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await client.UnsubscribeAsync([filter], cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (MqttConnectionLostException) when (!_stop.IsCancellationRequested)
            {
                _current.Retire(client);
            }
        }
    }

    /// <summary>
    /// Says that the reader is done with a message. At QoS 1 it is of no effect when the connection of the message has ended, for the server delivers it
    /// again then; at QoS 2 the server hears of it on the next connection, and the message comes once.
    /// </summary>
    public void Acknowledge(MqttMessage message) => message.Delivery?.Acknowledge();

    /// <summary>Cuts the connection without a goodbye: the server publishes the will. The client comes back as after any loss.</summary>
    public void Abort() => _current.Value?.Abort();

    /// <summary>Stays away without a goodbye, as if the power had failed: the server publishes the will. What still waits for a PUBACK fails.</summary>
    public ValueTask VanishAsync()
    {
        _vanishes = true;
        return DisposeAsync();
    }

    /// <summary>Says goodbye and stays away. What still waits for a PUBACK fails.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        await _pumping.ConfigureAwait(false);
        var stopped = new MqttConnectionLostException("The MQTT client was stopped.");
        _current.Fail(stopped);
        foreach (var outcome in _session.Window.Clear()) outcome.Lost(stopped);
        _messages.Writer.TryComplete();
    }

    private async Task<bool> TryStartAsync(MqttPublish message, PublishOperation? operation, CancellationToken cancellationToken)
    {
        var client = await _current.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await client.StartPublishAsync(message, operation, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (MqttConnectionLostException) when (!_stop.IsCancellationRequested)
        {
            _current.Retire(client);
            return false;
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (!_stop.IsCancellationRequested) await ConnectAndServeAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Asked to stop.
        }
        catch (Exception exception)
        {
            // Nothing that the network does leads here: a callback threw. Who waits for a connection or a message must hear that there will be none.
            _current.Fail(exception);
            _messages.Writer.TryComplete(exception);
            throw;
        }
    }

    private async Task ConnectAndServeAsync()
    {
        try
        {
            await ConnectOnceAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MqttClientException or MqttProtocolException or TimeoutException)
        {
            var delay = _backoff.Next();
            _reconnect.Failed?.Invoke(exception, delay);
            await Task.Delay(delay, _options.Time, _stop.Token).ConfigureAwait(false);
        }
    }

    private async Task ConnectOnceAsync()
    {
        var client = await MqttClient.ConnectAsync(PrepareOptions(), _session, keepsSession: true, _stop.Token).ConfigureAwait(false);
        await using var _ = client.ConfigureAwait(false);
        var connectedAt = _options.Time.GetTimestamp();
        _assignedId = client.ClientId;
        // What the last connection left for the reader comes first.
        _pumping = PumpAsync(_pumping, client);
        var birth = Task.CompletedTask;
        try
        {
            if (!client.ConnAck.SessionPresent) await _subscriptions.MakeAsync(client, _stop.Token).ConfigureAwait(false);
            _reconnect.Connected?.Invoke(client);
            birth = PublishBirthAsync(client);
            _current.Set(client);
            await client.Completion.WaitAsync(_stop.Token).ConfigureAwait(false);
        }
        finally
        {
            _current.Retire(client);
            if (_options.Time.GetElapsedTime(connectedAt) >= _reconnect.StablePeriod) _backoff.Reset();
            if (_vanishes) client.Abort();
            await birth.ConfigureAwait(false);
        }
    }

    private MqttClientOptions PrepareOptions()
    {
        var options = _reconnect.Prepare?.Invoke(_options) ?? _options;
        // Only the first connection starts anew: what is in flight since then belongs to the session that it began.
        var resumes = _assignedId is not null && options is { CleanStart: true, Version: MqttVersion.V500 } && options.SessionExpiry > TimeSpan.Zero;
        return resumes ? options with { CleanStart = false, ClientId = _assignedId! } : options;
    }

    // A birth that gets no PUBACK stays in the window, like any other publish; only a refusal is news.
    private async Task PublishBirthAsync(MqttClient client)
    {
        if (_reconnect.Birth is not { } birth) return;
        try
        {
            await Task.WhenAny(client.PublishAsync(birth, _stop.Token), client.Completion).Unwrap().ConfigureAwait(false);
        }
        catch (MqttPublishRefusedException exception)
        {
            _reconnect.Failed?.Invoke(exception, TimeSpan.Zero);
        }
        catch (Exception exception) when (exception is OperationCanceledException or MqttConnectionLostException)
        {
            // The connection's end is handled where it is awaited.
        }
    }

    private async Task PumpAsync(Task earlier, MqttClient client)
    {
        await earlier.ConfigureAwait(false);
        try
        {
            await foreach (var message in client.Messages.ReadAllAsync(_stop.Token).ConfigureAwait(false))
                await _messages.Writer.WriteAsync(message, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or MqttConnectionLostException or ChannelClosedException)
        {
            // The end, of the connection or of everything, is handled where it is awaited.
        }
    }
}
