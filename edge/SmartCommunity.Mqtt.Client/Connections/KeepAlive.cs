namespace SmartCommunity.Mqtt.Client.Connections;

/// <summary>
/// Keeps a connection alive and notices when it is dead (MQTT 5.0 section 3.1.2.10). Twice per interval it looks whether bytes went both ways since the last
/// look, and sends a PINGREQ when not; an unanswered one ends the connection.
/// </summary>
internal sealed class KeepAlive : IDisposable
{
    private readonly SendQueue _sendQueue;
    private readonly TimeProvider _time;
    private readonly TimeSpan _answerTimeout;
    private readonly Action<Exception> _dead;
    private readonly ITimer? _timer;
    private long _received;
    private long _lastReceived;
    private long _lastWritten;
    private long _pingedAt;

    /// <summary>Starts to watch.</summary>
    /// <param name="interval">The keep alive of the connection; 0 watches nothing.</param>
    /// <param name="answerTimeout">How long a PINGRESP may take.</param>
    /// <param name="sendQueue">Where pings go.</param>
    /// <param name="time">The source of time.</param>
    /// <param name="dead">Called once the connection is known to be dead.</param>
    public KeepAlive(TimeSpan interval, TimeSpan answerTimeout, SendQueue sendQueue, TimeProvider time, Action<Exception> dead)
    {
        _sendQueue = sendQueue;
        _time = time;
        _answerTimeout = answerTimeout;
        _dead = dead;
        if (interval > TimeSpan.Zero) _timer = time.CreateTimer(_ => Look(), null, interval / 2, interval / 2);
    }

    /// <summary>Bytes came from the server.</summary>
    public void Received() => Interlocked.Increment(ref _received);

    /// <summary>The PINGRESP came.</summary>
    public void Answered() => Volatile.Write(ref _pingedAt, 0);

    public void Dispose() => _timer?.Dispose();

    private void Look()
    {
        var pingedAt = Volatile.Read(ref _pingedAt);
        if (pingedAt != 0)
        {
            if (_time.GetElapsedTime(pingedAt) >= _answerTimeout)
                _dead(new MqttConnectionLostException($"The MQTT server did not answer a ping for {_answerTimeout.TotalSeconds:0.#} s."));
            return;
        }

        var received = Volatile.Read(ref _received);
        var written = _sendQueue.Written;
        var bothWays = received != _lastReceived && written != _lastWritten;
        _lastReceived = received;
        _lastWritten = written;
        if (bothWays) return;
        Volatile.Write(ref _pingedAt, Math.Max(_time.GetTimestamp(), 1));
        _sendQueue.Ping();
    }
}
