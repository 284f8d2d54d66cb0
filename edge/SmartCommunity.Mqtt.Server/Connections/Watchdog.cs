namespace SmartCommunity.Mqtt.Server.Connections;

/// <summary>
/// The one timer of a connection: time to CONNECT, keep alive (one and a half times the client's value [MQTT-3.1.2-22]), and a client that takes
/// nothing. Reading only notes the time; the timer looks at it when it is due, so that packets cost no timer operation.
/// </summary>
internal sealed class Watchdog(Connection connection) : IDisposable
{
    private readonly MqttServerOptions _options = connection.Parts.Options;
    private readonly TimeProvider _time = connection.Parts.Time;
    private ITimer? _timer;
    private long _lastRead;
    private TimeSpan _silence = Timeout.InfiniteTimeSpan;
    private volatile bool _signedIn;
    private volatile bool _paused;

    /// <summary>Whether the endpoint does not read at the moment.</summary>
    public bool Paused
    {
        get => _paused;
        set
        {
            // The client could not be heard meanwhile, so its time starts anew.
            if (!value) Touch();
            _paused = value;
        }
    }

    public void Start() => _timer = _time.CreateTimer(static w => ((Watchdog)w!).Check(), this, _options.ConnectTimeout, Timeout.InfiniteTimeSpan);

    /// <summary>The client has signed in with this keep alive in seconds; 0 is none.</summary>
    public void SignedIn(ushort keepAlive)
    {
        if (keepAlive > 0) _silence = TimeSpan.FromSeconds(keepAlive * 1.5);
        Touch();
        _signedIn = true;
        _timer?.Change(NextCheck(), Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer?.Dispose();

    private void Touch() => Volatile.Write(ref _lastRead, _time.GetTimestamp());

    private void Check()
    {
        if (!_signedIn) connection.Close(CloseReason.ConnectTimeout);
        else if (SinceFlush() >= _options.SendTimeout) connection.Close(CloseReason.SendTimeout);
        else if (_silence > TimeSpan.Zero && !_paused && SinceRead >= _silence) connection.Close(CloseReason.KeepAlive);
        else _timer?.Change(NextCheck(), Timeout.InfiniteTimeSpan);
    }

    private TimeSpan NextCheck()
    {
        var next = _options.SendTimeout - SinceFlush();
        if (_silence > TimeSpan.Zero && !_paused && _silence - SinceRead < next) next = _silence - SinceRead;
        return next > TimeSpan.FromMilliseconds(1) ? next : TimeSpan.FromMilliseconds(1);
    }

    /// <summary>How long ago bytes last came.</summary>
    public TimeSpan SinceRead => _time.GetElapsedTime(Volatile.Read(ref _lastRead));

    private TimeSpan SinceFlush() => connection.Writer.FlushStarted is var started and not 0 ? _time.GetElapsedTime(started) : TimeSpan.Zero;
}
