using SmartCommunity.Events;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Conditions;
using SmartCommunity.Rules.Plans;

namespace SmartCommunity.Rules.Live;

/// <summary>Notices which devices of a place are heard, and which have been silent for too long. Times are Unix milliseconds.</summary>
internal sealed class DeviceWatch
{
    private readonly DeviceState[] _states;
    private readonly TimerQueue<DeviceState> _timers = new();
    private readonly long _restartGrace;
    private readonly long _clockStep;

    public DeviceWatch(RulePlan plan)
    {
        _restartGrace = (long)plan.Options.RestartGrace.TotalMilliseconds;
        _clockStep = (long)plan.Options.ClockStep.TotalMilliseconds;
        _states = [.. plan.Devices.Select(device => new DeviceState(device))];
    }

    public ReadOnlySpan<DeviceState> States => _states;

    /// <summary>From when silence counts at all, or <see cref="DeviceState.Unset"/> until time first passed.</summary>
    public long WatchedSince { get; private set; } = DeviceState.Unset;

    /// <summary>When the next silence is due, or <see cref="Occurrence.Never"/>.</summary>
    public long NextDue => _timers.NextDue;

    public bool HasDue(long until) => _timers.HasDue(until);

    public DeviceState StateOf(DevicePlan device) => _states[device.Index];

    /// <summary>Begins to count silence: at the start, after a restart, and for devices that are new in a plan.</summary>
    public void Begin(long now)
    {
        if (WatchedSince == DeviceState.Unset)
        {
            WatchedSince = now;
        }

        foreach (var state in _states)
        {
            state.ToldAt = state.SilentFrom == DeviceState.Unset ? now : state.ToldAt;
            var silences = state.Plan.Silences;
            state.GraceUntil = silences.Length == 0 ? WatchedSince : WatchedSince + Math.Min(_restartGrace, silences[0].After);
            _timers.Watch(state);
        }
    }

    /// <summary>Goes on after a checkpoint: with a grace, silence counts anew from when time first passes; without, as if nothing had happened.</summary>
    public void Resume(long watchedSince)
    {
        if (_restartGrace == 0 && watchedSince != DeviceState.Unset)
        {
            WatchedSince = watchedSince;
            Begin(watchedSince);
        }
    }

    /// <summary>Goes on under a new plan.</summary>
    public void Continue(DeviceWatch former, long clock)
    {
        WatchedSince = former.WatchedSince;
        if (WatchedSince != DeviceState.Unset)
        {
            Begin(clock);
        }
    }

    /// <summary>A message of a device, as far as its being heard goes.</summary>
    /// <param name="state">The device.</param>
    /// <param name="at">The message's time.</param>
    /// <param name="item">The event by which it is heard; null for a sample.</param>
    /// <param name="sink">Takes the signals.</param>
    public void Hear(DeviceState state, long at, CommunityEvent? item, ISignalSink sink)
    {
        if (IsLate(state, at))
        {
            return;
        }

        state.LastSeen = at;
        state.SilencesTold = 0;
        _timers.Watch(state);
        if (state.QuietSince != DeviceState.Unset && EndsQuiet(state, at, item))
        {
            state.QuietSince = DeviceState.Unset;
            foreach (var binding in state.Plan.Bindings)
            {
                binding.Rule.Policy.OnHeard(binding, at, item, sink);
            }
        }
    }

    /// <summary>Somebody says that a device is offline; its next message ends that.</summary>
    /// <returns>Whether that can be: not when the device has spoken since.</returns>
    public bool SayOffline(DeviceState state, long at)
    {
        if (IsLate(state, at))
        {
            return false;
        }

        state.QuietSince = at;
        return true;
    }

    /// <summary>Tells the silence that is due first.</summary>
    public void RunNext(ISignalSink sink)
    {
        var state = _timers.TakeNext();
        var at = state.Due;
        var watch = state.Plan.Silences[state.SilencesTold++];
        state.QuietSince = Math.Max(state.QuietSince, at - 1);
        watch.Binding.Rule.Policy.OnSilence(watch.Binding, state.SilentFrom, at, sink);
        _timers.Watch(state);
    }

    private bool IsLate(DeviceState state, long at) => at < state.LastSeen && at >= state.LastSeen - _clockStep;

    // A resend of what was said in the very millisecond in which the device went offline proves nothing; a word of its being online does.
    private static bool EndsQuiet(DeviceState state, long at, CommunityEvent? item) =>
        at > state.QuietSince || (at == state.QuietSince && item?.Kind == EventKind.DeviceOnline);
}
