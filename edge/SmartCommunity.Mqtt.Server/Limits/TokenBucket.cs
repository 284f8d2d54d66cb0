namespace SmartCommunity.Mqtt.Server.Limits;

/// <summary>
/// So many per second, and so many at once: a bucket that holds <c>burst</c> tokens and gets <c>perSecond</c> new ones. It is kept as the time at which
/// it will be full again, which is one number, so that taking is one compare-and-swap. Thread-safe; time moves only in the caller's hands.
/// </summary>
/// <param name="perSecond">New tokens per second; 0 or less is no limit.</param>
/// <param name="burst">Tokens that it holds.</param>
/// <param name="ticksPerSecond">The frequency of the caller's timestamps.</param>
internal sealed class TokenBucket(double perSecond, double burst, long ticksPerSecond)
{
    private readonly double _ticksPerToken = perSecond > 0 ? ticksPerSecond / perSecond : 0;
    private readonly long _capacity = perSecond > 0 ? (long)(burst * ticksPerSecond / perSecond) : long.MaxValue;
    private long _fullAt = long.MinValue;

    /// <summary>Whether it limits anything.</summary>
    public bool IsLimit => _ticksPerToken > 0;

    /// <summary>Takes one token if there is one.</summary>
    public bool TryTake(long now)
    {
        if (!IsLimit) return true;
        while (true)
        {
            var fullAt = Volatile.Read(ref _fullAt);
            var next = Math.Max(fullAt, now) + (long)Math.Max(1, _ticksPerToken);
            if (next - now > _capacity) return false;
            if (Interlocked.CompareExchange(ref _fullAt, next, fullAt) == fullAt) return true;
        }
    }

    /// <summary>Takes tokens whether they are there or not; answers after how many ticks the debt is paid, 0 when there is none.</summary>
    public long Charge(long tokens, long now)
    {
        if (!IsLimit || tokens <= 0) return 0;
        while (true)
        {
            var fullAt = Volatile.Read(ref _fullAt);
            var next = Math.Max(fullAt, now) + (long)Math.Max(1, tokens * _ticksPerToken);
            if (Interlocked.CompareExchange(ref _fullAt, next, fullAt) == fullAt) return Math.Max(0, next - now - _capacity);
        }
    }

    /// <summary>Whether it holds all its tokens, and so remembers nothing.</summary>
    public bool IsFull(long now) => Volatile.Read(ref _fullAt) <= now;
}
