using System.Threading.Channels;
using SmartCommunity.Mqtt.Client.Connections;
using SmartCommunity.Mqtt.Client.Publishing;
using SmartCommunity.Mqtt.Client.Receiving;
using SmartCommunity.Mqtt.Client.Subscribing;
using SmartCommunity.Mqtt.Framing;
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

    /// <summary>The version of the connection: that of the options, or 3.1.1 when it fell back.</summary>
    public MqttVersion Version => _connection.Version;

    /// <summary>The client identifier of the session: that of the options, or the one that the server assigned.</summary>
    public string ClientId => ConnAck.AssignedClientIdentifier ?? _options.ClientId;

    /// <summary>Delivered messages. It ends like <see cref="Completion"/>.</summary>
    public ChannelReader<MqttMessage> Messages => _connection.Inbox.Reader;

    /// <summary>Ends with the connection: quietly after <see cref="DisconnectAsync"/>, else faulted with <see cref="MqttConnectionLostException"/>.</summary>
    public Task Completion => _connection.Completion;

    /// <summary>QoS 1 and 2 publishes that wait for their end.</summary>
    public int InFlight => _gate.InFlight;

    /// <summary>Connects and signs in.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="MqttConnectRefusedException">The server refused; the exception carries its reason code.</exception>
    /// <exception cref="MqttCertificateException">The server's certificate is not trusted, or a file of the TLS options can not be used.</exception>
    /// <exception cref="MqttUnreachableException">There is no server, or it did not answer in time.</exception>
    /// <exception cref="MqttProtocolException">What answers is no MQTT server.</exception>
    public static Task<MqttClient> ConnectAsync(MqttClientOptions options, CancellationToken cancellationToken = default)
    {
        options.Check();
        return ConnectAsync(options, new ClientSession(options.MaxInFlight), keepsSession: false, cancellationToken);
    }

    /// <summary>Connects on a session that may hold publishes of an earlier connection; they are sent again first.</summary>
    internal static async Task<MqttClient> ConnectAsync(
        MqttClientOptions options, ClientSession session, bool keepsSession, CancellationToken cancellationToken)
    {
        var open = await Handshake.OpenAsync(options, cancellationToken).ConfigureAwait(false);
        var gate = new PublishGate(session, options.Time);
        var connection = new Connection(open, options, gate, session, keepsSession);
        gate.Open(connection.SendQueue, open.ConnAck);
        connection.Start();
        return new MqttClient(options, connection, gate);
    }

    /// <summary>
    /// Publishes a message. At QoS 1 it completes with the PUBACK, at QoS 2 with the PUBCOMP; many calls may run at once and are pipelined in the order of
    /// the calls. At QoS 0 it completes when the message waits for the socket.
    /// </summary>
    /// <returns>The server's answer: success, or no matching subscribers.</returns>
    /// <exception cref="MqttPublishRefusedException">The server refused the message, or takes none at this QoS or with RETAIN.</exception>
    /// <exception cref="MqttConnectionLostException">The connection ended before the acknowledgement.</exception>
    /// <exception cref="ArgumentException">The message is larger than the server takes.</exception>
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
    /// <param name="filters">The topic filters with their options.</param>
    /// <param name="identifier">A number that comes back with each delivery, 1 to 268,435,455; null for none. MQTT 5.0 only.</param>
    /// <param name="cancellationToken">Stops waiting; the server may have subscribed the client all the same.</param>
    /// <returns>The QoS granted to each filter.</returns>
    /// <exception cref="MqttSubscribeRefusedException">The server refused a filter, or knows no subscription identifiers.</exception>
    /// <exception cref="ArgumentException">A shared filter asks for no local messages [MQTT-3.8.3-4], or the identifier is out of its range.</exception>
    /// <exception cref="TimeoutException">No SUBACK within the answer time-out.</exception>
    public async Task<IReadOnlyList<ReasonCode>> SubscribeAsync(
        IReadOnlyList<SubscriptionRequest> filters, int? identifier = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfZero(filters.Count);
        if (identifier is < 1 or > VariableInt.MaxValue) throw new ArgumentOutOfRangeException(nameof(identifier));
        if (filters.Any(filter => filter.NoLocal && SharedFilter.TryParse(filter.Filter, out _)))
            throw new ArgumentException("A shared subscription can not leave the client's own messages out.", nameof(filters));
        if (identifier is not null && !ConnAck.SubscriptionIdentifierAvailable)
            throw new MqttSubscribeRefusedException(filters[0].Filter, ReasonCode.SubscriptionIdentifiersNotSupported);
        var reasons = await AskAsync(
            id => _connection.SendQueue.Subscribe(new SubscribePacket(id, filters) { SubscriptionIdentifier = identifier }), cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < Math.Min(reasons.Count, filters.Count); i++)
        {
            if (reasons[i].IsError()) throw new MqttSubscribeRefusedException(filters[i].Filter, reasons[i]);
        }

        return reasons;
    }

    /// <summary>Subscribes to one filter.</summary>
    /// <inheritdoc cref="SubscribeAsync(IReadOnlyList{SubscriptionRequest}, int?, CancellationToken)"/>
    public Task SubscribeAsync(string filter, QualityOfService qos = QualityOfService.AtLeastOnce, CancellationToken cancellationToken = default) =>
        SubscribeAsync([new SubscriptionRequest(filter, qos)], identifier: null, cancellationToken);

    /// <summary>Takes subscriptions back.</summary>
    /// <exception cref="TimeoutException">No UNSUBACK within the answer time-out.</exception>
    public Task UnsubscribeAsync(IReadOnlyList<string> filters, CancellationToken cancellationToken = default) =>
        AskAsync(id => _connection.SendQueue.Unsubscribe(new UnsubscribePacket(id, filters)), cancellationToken);

    /// <summary>
    /// Says that the reader is done with a message; only with automatic acknowledgement off. Any order will do: the server hears of it in the order of its
    /// messages. Of no effect when the connection of the message has ended: the server delivers it again then.
    /// </summary>
    public void Acknowledge(MqttMessage message)
    {
        if (_options.AcknowledgeAutomatically) throw new InvalidOperationException("The client acknowledges by itself; turn AcknowledgeAutomatically off.");
        message.Delivery?.Acknowledge();
    }

    /// <summary>Sends what waits, says goodbye and closes. The server publishes no will, unless the reason asks for it.</summary>
    /// <param name="reason">Why; MQTT 5.0 only.</param>
    /// <param name="sessionExpiry">How long the server keeps the session from now on; null for what was said before. MQTT 5.0 only.</param>
    /// <exception cref="ArgumentException">The session was to end with the connection; it can not be kept after all (MQTT 5.0 section 3.14.2.2.2).</exception>
    public Task DisconnectAsync(ReasonCode reason = ReasonCode.Success, TimeSpan? sessionExpiry = null)
    {
        if (sessionExpiry > TimeSpan.Zero && _options.SessionExpiry == TimeSpan.Zero)
            throw new ArgumentException("A session that was to end with the connection can not be kept.", nameof(sessionExpiry));
        return _connection.DisconnectAsync(new DisconnectPacket(reason) { SessionExpiryInterval = (uint?)sessionExpiry?.TotalSeconds });
    }

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
