namespace SmartCommunity.Mqtt.Server.Connections;

/// <summary>
/// The one timer of all watchdogs: a wheel with a slot per second. A connection stands in the slot at which it is to be looked at next, so that a silent
/// one costs a link in a list instead of a timer, and is looked at every half minute. Thread-safe.
/// </summary>
internal sealed class WatchdogWheel : IDisposable
{
    // A look that is further away than the wheel is round comes early and is put off; that is rare and cheap.
    private const int Slots = 64;
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly Watchdog?[] _heads = new Watchdog?[Slots];
    private readonly List<Watchdog> _due = [];
    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private int _now;
    private int _turning;

    public WatchdogWheel(TimeProvider time) => _timer = time.CreateTimer(static w => ((WatchdogWheel)w!).Turn(), this, Tick, Tick);

    /// <summary>Has the watchdog look in so much time, or within a second after; what was planned for it before is void.</summary>
    public void Schedule(Watchdog watchdog, TimeSpan after)
    {
        var ticks = (int)Math.Clamp(Math.Ceiling(after / Tick), 1, Slots - 1);
        lock (_lock)
        {
            Unlink(watchdog);
            watchdog.Slot = (_now + ticks) % Slots;
            ref var head = ref _heads[watchdog.Slot];
            watchdog.Next = head;
            if (head is not null) head.Previous = watchdog;
            head = watchdog;
        }
    }

    /// <summary>The watchdog has nothing to watch any more.</summary>
    public void Remove(Watchdog watchdog)
    {
        lock (_lock) Unlink(watchdog);
    }

    public void Dispose() => _timer.Dispose();

    // A turn that takes longer than a tick is not overtaken by the next; the watchdogs look at the clock themselves.
    private void Turn()
    {
        if (Interlocked.Exchange(ref _turning, 1) != 0) return;
        lock (_lock)
        {
            _now = (_now + 1) % Slots;
            while (_heads[_now] is { } watchdog)
            {
                Unlink(watchdog);
                _due.Add(watchdog);
            }
        }

        foreach (var watchdog in _due) watchdog.Check();
        _due.Clear();
        Volatile.Write(ref _turning, 0);
    }

    private void Unlink(Watchdog watchdog)
    {
        if (watchdog.Slot < 0) return;
        if (watchdog.Previous is { } previous) previous.Next = watchdog.Next;
        else _heads[watchdog.Slot] = watchdog.Next;
        if (watchdog.Next is { } next) next.Previous = watchdog.Previous;
        watchdog.Previous = null;
        watchdog.Next = null;
        watchdog.Slot = -1;
    }
}
