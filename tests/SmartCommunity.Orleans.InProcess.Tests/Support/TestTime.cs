namespace SmartCommunity.Orleans.InProcess.Tests.Support;

/// <summary>A clock that stands still until a test moves it. Timers fire on the thread that moves it, in the order of their due times.</summary>
internal sealed class TestTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<TestTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new TestTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        var until = GetUtcNow() + by;
        while (true)
        {
            TestTimer? next;
            lock (_gate)
            {
                next = _timers.Where(timer => timer.DueAt <= until).MinBy(timer => timer.DueAt);
                if (next is null)
                {
                    _now = until;
                    return;
                }

                _now = next.DueAt > _now ? next.DueAt : _now;
                if (next.Period > TimeSpan.Zero)
                    next.DueAt += next.Period;
                else
                    _timers.Remove(next);
            }

            next.Fire();
        }
    }

    private sealed class TestTimer(TestTime time, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset DueAt { get; set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            bool now;
            lock (time._gate)
            {
                time._timers.Remove(this);
                Period = period;
                DueAt = dueTime == Timeout.InfiniteTimeSpan ? default : time._now + dueTime;
                now = dueTime == TimeSpan.Zero;
                if (dueTime > TimeSpan.Zero)
                    time._timers.Add(this);
            }

            // As with the system's timers, a due time of zero fires on another thread, at once.
            if (now)
                ThreadPool.UnsafeQueueUserWorkItem(static self => self.Fire(), this, preferLocal: false);
            return true;
        }

        public void Dispose()
        {
            lock (time._gate)
                time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
