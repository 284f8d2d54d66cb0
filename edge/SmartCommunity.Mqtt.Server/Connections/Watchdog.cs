using SmartCommunity.Mqtt.Server.Limits;

namespace SmartCommunity.Mqtt.Server.Connections;

/// <summary>
/// Watches the time of one connection: until CONNECT, keep alive (one and a half times its value [MQTT-3.1.2-22]), and a client that takes nothing.
/// Reading only notes the time; the wheel looks at it when it is due, so that packets cost no timer operation.
/// </summary>
internal sealed class Watchdog(Connection connection)
{
    private readonly ServerParts _parts = connection.Parts;
    private long _lastRead;
    private TimeSpan _silence;
    private volatile bool _signedIn;
    private volatile bool _paused;

    /// <summary>The neighbours in the wheel, and the slot; touched by <see cref="WatchdogWheel"/> only.</summary>
    public Watchdog? Previous { get; set; }

    public Watchdog? Next { get; set; }

    public int Slot { get; set; } = -1;

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

    /// <summary>How long ago bytes last came.</summary>
    public TimeSpan SinceRead => _parts.Time.GetElapsedTime(Volatile.Read(ref _lastRead));

    private TimeSpan SinceFlush => connection.Writer.FlushStarted is var started and not 0 ? _parts.Time.GetElapsedTime(started) : TimeSpan.Zero;

    public void Start()
    {
        Touch();
        _parts.Limits.Watchdogs.Schedule(this, _parts.Options.ConnectTimeout);
    }

    /// <summary>The client has signed in, and may be silent for so long.</summary>
    public void SignedIn(TimeSpan silence)
    {
        _silence = silence;
        Touch();
        _signedIn = true;
        _parts.Limits.Watchdogs.Schedule(this, NextLook());
    }

    public void Stop() => _parts.Limits.Watchdogs.Remove(this);

    /// <summary>Called by the wheel.</summary>
    public void Check()
    {
        if (connection.CloseReason is not null) return;
        if (!_signedIn && SinceRead >= _parts.Options.ConnectTimeout)
        {
            _parts.Limits.Reached(Limit.ConnectTime, connection.RemoteAddress, $"{_parts.Options.ConnectTimeout.TotalSeconds} s");
            connection.Close(CloseReason.ConnectTimeout);
        }
        else if (_signedIn && SinceFlush >= _parts.Options.SendTimeout)
        {
            _parts.Limits.Reached(Limit.SendTime, connection.ClientName, $"{_parts.Options.SendTimeout.TotalSeconds} s");
            connection.Close(CloseReason.SendTimeout);
        }
        else if (_signedIn && !_paused && SinceRead >= _silence)
        {
            if (connection.KeepAlive == 0) _parts.Limits.Reached(Limit.Silence, connection.ClientName, $"{_silence.TotalHours} h");
            connection.Close(CloseReason.KeepAlive);
        }
        else
        {
            _parts.Limits.Watchdogs.Schedule(this, NextLook());
        }
    }

    private void Touch() => Volatile.Write(ref _lastRead, _parts.Time.GetTimestamp());

    private TimeSpan NextLook()
    {
        if (!_signedIn) return _parts.Options.ConnectTimeout - SinceRead;
        var next = _parts.Options.SendTimeout - SinceFlush;
        return !_paused && _silence - SinceRead < next ? _silence - SinceRead : next;
    }
}
