using Orleans;

namespace SmartCommunity.Orleans.InProcess.Activations;

// When an activation is let go for want of calls, and the timers that end with it.
internal sealed partial class Activation
{
    private readonly HashSet<IDisposable> _timers = [];
    private long _keepUntil;
    private bool _timersStopped;

    /// <summary>Keeps this activation at least so long from now. Infinite: until the host stops. Zero or less: no longer than others.</summary>
    public void DelayDeactivation(TimeSpan timeSpan)
    {
        lock (_gate)
        {
            _keepUntil = timeSpan == Timeout.InfiniteTimeSpan || timeSpan == TimeSpan.MaxValue ? long.MaxValue
                : timeSpan <= TimeSpan.Zero ? 0
                : _host.Time.GetTimestamp() + (long)(timeSpan.TotalSeconds * _host.Time.TimestampFrequency);
        }
    }

    /// <summary>Ends this activation if it has been idle for too long.</summary>
    public void CollectIfIdle(TimeSpan age)
    {
        lock (_gate)
        {
            var now = _host.Time.GetTimestamp();
            if (_phase != Phase.Active || _ending is not null || _running.Count > 0 || !_queue.IsEmpty
                || now < _keepUntil || _host.Time.GetElapsedTime(_lastUsed, now) < age)
                return;
            _ending = new DeactivationReason(DeactivationReasonCode.ActivationIdle, $"No call for {age}.");
        }

        _scheduler.WantPump();
    }

    /// <summary>Whether this is a life in which timers may begin.</summary>
    public bool TryAddTimer(IDisposable timer)
    {
        lock (_gate)
            return !_timersStopped && _timers.Add(timer);
    }

    public void RemoveTimer(IDisposable timer)
    {
        lock (_gate)
            _timers.Remove(timer);
    }

    private void StopTimers()
    {
        List<IDisposable> timers;
        lock (_gate)
        {
            _timersStopped = true;
            timers = [.. _timers];
        }

        foreach (var timer in timers)
            timer.Dispose();
    }
}
