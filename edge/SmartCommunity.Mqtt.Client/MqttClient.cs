using System.Threading.Channels;
using SmartCommunity.Mqtt.Client.Connections;
using SmartCommunity.Mqtt.Client.Publishing;
using SmartCommunity.Mqtt.Client.Receiving;
using SmartCommunity.Mqtt.Client.Subscribing;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Mqtt.Client;

/// <summary>
/// One connection to an MQTT server. It does not come back once it has ended; <see cref="Reconnecting.ReconnectingMqttClient"/> does. Thread-safe.
/// </summary>
public sealed class MqttClient : IAsyncDisposable
{
    private readonly MqttClientOptions _options;
    private readonly Connection _connection;
    private readonly PublishGate _gate;

    private MqttClient(MqttClientOptions options, Connection connection, PublishGate gate)
    {
        _options = options;
        _connection = connection;
        _gate = gate;
    }

    /// <summary>What the server answered to CONNECT.</summary>
    public ConnAckPacket ConnAck => _connection.ConnAck;

    /// <summary>Delivered messages. It ends like <see cref="Completion"/>.</summary>
    public ChannelReader<MqttMessage> Messages => _connection.Inbox.Reader;

    /// <summary>Ends with the connection: quietly after <see cref="DisconnectAsync"/>, else faulted with <see cref="MqttConnectionLostException"/>.</summary>
    public Task Completion => _connection.Completion;

    /// <summary>QoS 1 publishes that wait for their PUBACK.</summary>
    public int InFlight => _gate.InFlight;

    /// <summary>Connects and signs in.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="MqttConnectRefusedException">The server refused; the exception carries its reason code.</exception>
    /// <exception cref="MqttUnreachableException">There is no server, or it did not answer in time.</exception>
    /// <exception cref="MqttProtocolException">What answers is no MQTT server.</exception>
    public static Task<MqttClient> ConnectAsync(MqttClientOptions options, CancellationToken cancellationToken = default)
    {
        options.Check();
        return ConnectAsync(options, new PublishWindow(options.MaxInFlight), keepsWindow: false, cancellationToken);
    }

    /// <summary>Connects on a window that may hold publishes of an earlier connection; they are sent again first.</summary>
    internal static async Task<MqttClient> ConnectAsync(
        MqttClientOptions options, PublishWindow window, bool keepsWindow, CancellationToken cancellationToken)
    {
        var open = await Handshake.OpenAsync(options, cancellationToken).ConfigureAwait(false);
        var gate = new PublishGate(window, options.Time);
        var connection = new Connection(open, options, gate, window, keepsWindow);
        gate.Open(connection.SendQueue, open.ConnAck.ReceiveMaximum ?? ushort.MaxValue);
        connection.Start();
        return new MqttClient(options, connection, gate);
    }

    /// <summary>
    /// Publishes a message. At QoS 1 it completes with the PUBACK; many calls may run at once and are pipelined in the order of the calls. At QoS 0
    /// it completes when the message waits for the socket.
    /// </summary>
    /// <returns>The server's answer: success, or no matching subscribers.</returns>
    /// <exception cref="MqttPublishRefusedException">The server refused the message.</exception>
    /// <exception cref="MqttConnectionLostException">The connection ended before the PUBACK.</exception>
    /// <exception cref="ArgumentException">QoS 2, or a message that is larger than the server takes.</exception>
    public Task<ReasonCode> PublishAsync(MqttPublish message, CancellationToken cancellationToken = default) => _gate.PublishAsync(message, cancellationToken);

    /// <summary>
    /// Starts a QoS 1 publish without allocating, for load. False when the window or the send buffer is full: await <see cref="WaitForRoomAsync"/>.
    /// </summary>
    /// <param name="topic">Where to; make it once.</param>
    /// <param name="payload">Copied before the call returns.</param>
    /// <param name="outcome">Hears of the PUBACK; one object may serve all messages.</param>
    /// <exception cref="MqttConnectionLostException">The connection has ended.</exception>
    /// <exception cref="ArgumentException">The message is larger than the server takes.</exception>
    public bool TryPublish(TopicName topic, ReadOnlySpan<byte> payload, IPublishOutcome outcome) => _gate.TryPublish(topic, payload, outcome);

    /// <summary>Completes when <see cref="TryPublish"/> may succeed again.</summary>
    /// <exception cref="MqttConnectionLostException">The connection has ended.</exception>
    public Task WaitForRoomAsync(CancellationToken cancellationToken = default) => _gate.WaitForRoomAsync(cancellationToken);

    /// <summary>Subscribes; messages come in <see cref="Messages"/>.</summary>
    /// <param name="filters">The topic filters with their options, at most QoS 1.</param>
    /// <param name="cancellationToken">Stops waiting; the server may have subscribed the client all the same.</param>
    /// <exception cref="MqttSubscribeRefusedException">The server refused a filter.</exception>
    /// <exception cref="TimeoutException">No SUBACK within the answer time-out.</exception>
    public async Task SubscribeAsync(IReadOnlyList<SubscriptionRequest> filters, CancellationToken cancellationToken = default)
    {
        if (filters.Any(filter => filter.MaximumQos == QualityOfService.ExactlyOnce))
            throw new ArgumentException("This client takes messages at QoS 0 and 1.", nameof(filters));
        var reasons = await AskAsync(id => _connection.SendQueue.Subscribe(new SubscribePacket(id, filters)), cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < Math.Min(reasons.Count, filters.Count); i++)
        {
            if (reasons[i].IsError()) throw new MqttSubscribeRefusedException(filters[i].Filter, reasons[i]);
        }
    }

    /// <summary>Subscribes to one filter.</summary>
    /// <inheritdoc cref="SubscribeAsync(IReadOnlyList{SubscriptionRequest}, CancellationToken)"/>
    public Task SubscribeAsync(string filter, QualityOfService qos = QualityOfService.AtLeastOnce, CancellationToken cancellationToken = default) =>
        SubscribeAsync([new SubscriptionRequest(filter, qos)], cancellationToken);

    /// <summary>Takes subscriptions back.</summary>
    /// <exception cref="TimeoutException">No UNSUBACK within the answer time-out.</exception>
    public Task UnsubscribeAsync(IReadOnlyList<string> filters, CancellationToken cancellationToken = default) =>
        AskAsync(id => _connection.SendQueue.Unsubscribe(new UnsubscribePacket(id, filters)), cancellationToken);

    /// <summary>Acknowledges a QoS 1 message; only with automatic acknowledgement off. The order must be that of the deliveries.</summary>
    public void Acknowledge(MqttMessage message)
    {
        if (_options.AcknowledgeAutomatically) throw new InvalidOperationException("The client acknowledges by itself; turn AcknowledgeAutomatically off.");
        _connection.Inbox.Acknowledge(message);
    }

    /// <summary>Sends what waits, says goodbye and closes. The server publishes no will, unless the reason asks for it.</summary>
    public Task DisconnectAsync(ReasonCode reason = ReasonCode.Success) => _connection.DisconnectAsync(reason);

    /// <summary>Closes at once and without a goodbye, as if the device had lost its power: the server publishes the will.</summary>
    public void Abort() => _connection.End(new MqttConnectionLostException("The client cut the connection."));

    /// <summary>Closes at once, with a goodbye if the connection still stands.</summary>
    public async ValueTask DisposeAsync()
    {
        await DisconnectAsync().ConfigureAwait(false);
    }

    internal ValueTask StartPublishAsync(MqttPublish message, PublishOperation? operation, CancellationToken cancellationToken) =>
        _gate.StartAsync(message, operation, cancellationToken);

    private async Task<IReadOnlyList<ReasonCode>> AskAsync(Action<ushort> send, CancellationToken cancellationToken)
    {
        var answer = _connection.Answers.Add(out var packetId);
        try
        {
            send(packetId);
            return await answer.WaitAsync(_options.AnswerTimeout, _options.Time, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _connection.Answers.Forget(packetId);
        }
    }
}
