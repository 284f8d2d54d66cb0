namespace SmartCommunity.Gateway.Bridging;

/// <summary>Lets one log line of a kind pass per period and counts the rest: a broker that is away for a week must not fill a disk. Thread-safe.</summary>
internal sealed class LogPace(TimeProvider time)
{
    /// <summary>How often a line is written. Default 1 min: soon enough for whoever watches a repair, 1,440 lines in a day at most.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private long? _passedAt;
    private long _held;

    /// <summary>Whether a line may be written now, and how many were held back since the last one.</summary>
    public bool TryPass(out long held)
    {
        lock (_gate)
        {
            held = 0;
            if (_passedAt is { } at && time.GetElapsedTime(at) < Period)
            {
                _held++;
                return false;
            }

            _passedAt = time.GetTimestamp();
            held = _held;
            _held = 0;
            return true;
        }
    }
}
