using SmartCommunity.Host.Logging;

namespace SmartCommunity.Host.Edge.SignIn;

/// <summary>Writes why sign-ins were refused, so many lines a second and how many more there were: guessing can not fill a disk. Thread-safe.</summary>
internal sealed class RefusalLog(TimeProvider time, ILogger<RefusalLog> logger)
{
    /// <summary>Lines per second at most. Default 10: enough to see who it is, a few megabytes an hour at worst.</summary>
    private const int LinesPerSecond = 10;

    private readonly Lock _lock = new();
    private long _secondBegan = time.GetTimestamp();
    private int _written;
    private long _heldBack;

    public void Write(string address, SignInVerdict verdict)
    {
        long heldBack;
        lock (_lock)
        {
            if (time.GetElapsedTime(_secondBegan) >= TimeSpan.FromSeconds(1))
            {
                _secondBegan = time.GetTimestamp();
                _written = 0;
            }

            if (_written >= LinesPerSecond)
            {
                _heldBack++;
                return;
            }

            _written++;
            heldBack = _heldBack;
            _heldBack = 0;
        }

        logger.MqttSignInRefused(address, verdict.Refusal, verdict.KnownName.Length > 0 ? verdict.KnownName : "-", heldBack);
    }
}
