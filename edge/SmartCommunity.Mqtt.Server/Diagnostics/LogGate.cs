namespace SmartCommunity.Mqtt.Server.Diagnostics;

/// <summary>Lets so many log lines pass per second and counts the rest, so that misbehaving clients can not fill a disk. Thread-safe.</summary>
internal sealed class LogGate(TimeProvider time, int perSecond)
{
    private readonly Lock _lock = new();
    private long _windowStart = time.GetTimestamp();
    private int _passed;
    private long _held;

    /// <summary>Whether a line may be written now, and how many were held back since the last that was.</summary>
    public bool TryPass(out long held)
    {
        lock (_lock)
        {
            if (time.GetElapsedTime(_windowStart) >= TimeSpan.FromSeconds(1))
            {
                _windowStart = time.GetTimestamp();
                _passed = 0;
            }

            held = 0;
            if (_passed >= perSecond)
            {
                _held++;
                return false;
            }

            _passed++;
            held = _held;
            _held = 0;
            return true;
        }
    }
}
