namespace SmartCommunity.Gateway.Tests.Support;

/// <summary>A clock that the test moves.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    // Periodic timers do not count: the journal's is always there.
    private bool SomeoneWaits
    {
        get
        {
            lock (_lock)
                return _timers.Exists(timer => timer.IsPendingOnce);
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public void Advance(TimeSpan by)
    {
        List<ManualTimer> due;
        lock (_lock)
        {
            _now += by;
            due = [.. _timers.Where(timer => timer.TakeDue(_now))];
        }

        foreach (var timer in due)
            timer.Fire();
    }

    /// <summary>
    /// Moves the clock on until something holds; fails after a real minute. It moves only while someone waits for it, so that virtual time does not
    /// run away from the code under test.
    /// </summary>
    public async Task RunUntilAsync(Func<bool> condition, string what, TimeSpan? step = null)
    {
        var started = System.GetTimestamp();
        while (!condition())
        {
            System.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromMinutes(1), what);
            if (SomeoneWaits)
                Advance(step ?? TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class ManualTimer(ManualTime owner, Action fire) : ITimer
    {
        private DateTimeOffset? _due;
        private TimeSpan _period;

        public bool IsPendingOnce => _due is not null && _period <= TimeSpan.Zero;

        public void Fire() => fire();

        public bool TakeDue(DateTimeOffset now)
        {
            if (_due is not { } due || due > now)
                return false;
            _due = _period > TimeSpan.Zero ? now + _period : null;
            return true;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (owner._lock)
            {
                _due = dueTime < TimeSpan.Zero ? null : owner._now + dueTime;
                _period = period;
                owner._timers.Remove(this);
                owner._timers.Add(this);
            }

            return true;
        }

        public void Dispose()
        {
            lock (owner._lock)
                owner._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
