using Orleans.Runtime;
using SmartCommunity.Orleans.InProcess.Activations;
using SmartCommunity.Orleans.InProcess.Calls;
using SmartCommunity.Orleans.InProcess.Hosting;

namespace SmartCommunity.Orleans.InProcess.Timers;

/// <summary>
/// A timer whose ticks are turns of its activation. The next tick is set when the callback has completed, so that a timer never overlaps itself.
/// </summary>
internal sealed class GrainTimer<TState> : IGrainTimer
{
    private readonly Activation _activation;
    private readonly ActivationHost _host;
    private readonly Func<TState, CancellationToken, Task> _callback;
    private readonly TState _state;
    private readonly GrainTimerCreationOptions _options;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopped = new();
    private readonly ITimer _timer;
    private TimeSpan _dueTime;
    private TimeSpan _period;
    private bool _ticking;
    private bool _changed;

    public GrainTimer(
        Activation activation, ActivationHost host, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        _activation = activation;
        _host = host;
        _callback = callback;
        _state = state;
        _options = options;
        _dueTime = options.DueTime;
        _period = options.Period;
        _timer = host.Time.CreateTimer(static self => ((GrainTimer<TState>)self!).OnDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Starts it, unless the activation is ending.</summary>
    public GrainTimer<TState> Start()
    {
        if (_activation.TryAddTimer(this))
            _timer.Change(_dueTime, Timeout.InfiniteTimeSpan);
        else
            Dispose();
        return this;
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        TimerLimits.Check(dueTime, period);
        lock (_gate)
        {
            _dueTime = dueTime;
            _period = period;
            _changed = true;
            if (!_ticking && !_stopped.IsCancellationRequested)
                _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_stopped.IsCancellationRequested)
                return;
            _ = _stopped.CancelAsync();
            _timer.Dispose();
        }

        _activation.RemoveTimer(this);
    }

    private void OnDue()
    {
        lock (_gate)
        {
            if (_ticking || _stopped.IsCancellationRequested)
                return;
            _ticking = true;
            _changed = false;
        }

        _activation.TryEnqueue(new Tick(this) { Interleaves = _options.Interleave, SentAt = _host.Time.GetTimestamp() });
    }

    private async ValueTask TickAsync()
    {
        try
        {
            await _callback(_state, _stopped.Token);
        }
        catch (Exception exception)
        {
            if (!(exception is OperationCanceledException && _stopped.IsCancellationRequested))
                _host.Logger.TimerFailed(_activation.GrainId.ToString(), exception);
            _activation.OnFailure(exception);
        }

        lock (_gate)
        {
            _ticking = false;
            if (!_stopped.IsCancellationRequested)
                _timer.Change(_changed ? _dueTime : _period, Timeout.InfiniteTimeSpan);
        }
    }

    private sealed class Tick(GrainTimer<TState> timer) : Turn
    {
        public override bool Abandoned => timer._stopped.IsCancellationRequested;

        public override bool OutlivesActivation => false;

        public override bool KeepsAlive => timer._options.KeepAlive;

        public override ValueTask RunAsync(Activation activation) => timer.TickAsync();

        public override string ToString() => "a timer callback";
    }
}
