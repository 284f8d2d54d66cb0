using System.Buffers;
using SmartCommunity.Events;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Checkpoints;
using SmartCommunity.Rules.Conditions;
using SmartCommunity.Rules.Decisions;
using SmartCommunity.Rules.Live;
using SmartCommunity.Rules.Places;
using SmartCommunity.Rules.Plans;

namespace SmartCommunity.Rules;

/// <summary>The rules of one place (a building, or the outdoors of a grid) at work: state, input and time in, changes of conditions out.</summary>
/// <remarks>
/// <para>Not thread-safe: it belongs to one grain. It reads no clock. The same input in the same order gives equal changes.</para>
/// <para><b>Time.</b> Conditions run on event time. An input first lets happen what was due by its own time for the same condition; so input that is replayed
/// hours later gives every condition the changes that it gave live. For all else <see cref="Advance"/> lets time pass; until it is called for the first
/// time, as in a replay of history, input does that too, <see cref="RuleOptions.Lateness"/> behind itself. So a device whose clock is hours ahead moves
/// nothing but its own conditions. Silence is noticed by <see cref="Advance"/> only: while nobody listened, nobody was silent.</para>
/// <para><b>Late and out of order.</b> Order counts per condition. What a source says about a condition with a time before the latest word about it changes
/// nothing, except that one more report of a momentary occurrence is still evidence. So a closed door whose «opened» comes afterwards stays closed. What
/// is older by more than <see cref="RuleOptions.ClockStep"/> comes from a clock that was set back, and counts. What is late but in order for its own condition
/// takes effect with its own time, however late; a window that a call of <see cref="Advance"/> had already closed is not taken back: the alarm is then
/// raised and recovers.</para>
/// <para><b>Doubled.</b> The same event id of the same device, or the same sample, changes nothing as long as its condition is remembered
/// (<see cref="RuleOptions.Retention"/>); after that it leads to the same first cause, and so to the same case.</para>
/// <para><b>Never.</b> Historical events and self-tests (<c>data.test</c>) change no condition.</para>
/// </remarks>
public sealed class PlaceRules
{
    private readonly Sink _sink = new();
    private RulePlan _plan;
    private DeviceWatch _devices;
    private ConditionStore _conditions;
    private long _clock = DeviceState.Unset;
    private long _nextSweep = DeviceState.Unset;
    private bool _isDriven;

    /// <summary>Starts with no condition. Silence counts from the first <see cref="Advance"/>.</summary>
    /// <param name="plan">The rules and devices of the place.</param>
    public PlaceRules(RulePlan plan)
    {
        _plan = plan;
        _devices = new(plan);
        _conditions = NewStore(plan);
        _sink.Conditions = _conditions;
    }

    /// <summary>The rules and devices.</summary>
    public RulePlan Plan => _plan;

    /// <summary>The conditions of which something is going on (Suspect, Active, Clearing, Unknown), in the order of their keys.</summary>
    public IReadOnlyList<LiveCondition> Conditions => [.. _conditions.Open.Select(ToLive)];

    /// <summary>When <see cref="Advance"/> next has something to do; null as long as only input can change anything. May be in the past.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            var due = Math.Min(_conditions.NextDue, _devices.NextDue);
            return due == Occurrence.Never ? null : DateTimeOffset.FromUnixTimeMilliseconds(due);
        }
    }

    /// <summary>Takes an event of a device of the place; events of other devices are passed over.</summary>
    public void Observe(CommunityEvent item, ICollection<ConditionChange> changes)
    {
        if (item.Historical || _plan.Find(item.Device) is not { } device)
        {
            return;
        }

        var at = item.Time.ToUnixTimeMilliseconds();
        var state = Enter(device, at, changes);
        if (item is not { Kind: EventKind.DeviceOffline, Phase: not EventPhase.Stop })
        {
            _devices.Hear(state, at, item, _sink);
        }
        else if (!_devices.SayOffline(state, at))
        {
            return;
        }

        var watching = device.Watching(item.Kind);
        if (watching.IsEmpty || item.Data.GetBoolean("test") == true)
        {
            return;
        }

        foreach (var binding in watching)
        {
            binding.Rule.Policy.OnEvent(binding, item, _sink);
        }
    }

    /// <summary>Takes a sample of a device of the place; a sample of another device, or that no rule watches, costs a look-up.</summary>
    public void Observe(in Sample sample, ICollection<ConditionChange> changes)
    {
        if (_plan.Find(sample.Device) is not { } device)
        {
            return;
        }

        var at = sample.Time.ToUnixTimeMilliseconds();
        var state = Enter(device, at, changes);
        _devices.Hear(state, at, item: null, _sink);
        foreach (var binding in device.Watching(sample.Metric))
        {
            binding.Rule.Policy.OnSample(binding, sample, _sink);
        }
    }

    /// <summary>Lets time pass: confirm windows, holds, silence. A time before the latest one changes nothing.</summary>
    public void Advance(DateTimeOffset now, ICollection<ConditionChange> changes)
    {
        var at = now.ToUnixTimeMilliseconds();
        _sink.Changes = changes;
        _isDriven = true;
        if (_devices.WatchedSince == DeviceState.Unset)
        {
            _devices.Begin(at);
        }

        RunUntil(at, changes);
    }

    /// <summary>
    /// Takes other rules and devices. Conditions stay as they are where the rule, its policy, the sort of condition and at least one of the devices are still there,
    /// with the windows that they began under; the others are dropped without a change.
    /// </summary>
    public void Replace(RulePlan plan)
    {
        var (formerConditions, formerDevices) = (_conditions, _devices);
        _plan = plan;
        _conditions = NewStore(plan);
        _sink.Conditions = _conditions;
        _devices = new(plan);
        foreach (var condition in formerConditions.All)
        {
            if (PlanFit.TryRefit(condition, plan))
            {
                _conditions.Attach(condition);
            }
        }

        foreach (var state in formerDevices.States)
        {
            if (plan.Find(state.Plan.Facts.Id) is { } device)
            {
                PlanFit.Carry(state, _devices.StateOf(device));
            }
        }

        MarkOffline();
        _devices.Continue(formerDevices, _clock);
    }

    /// <summary>Writes the state, so that <see cref="Restore"/> under the same plan goes on as if nothing had happened.</summary>
    public void Save(IBufferWriter<byte> destination) =>
        new StateWriter(destination).Write(new(_clock, _nextSweep, _devices.WatchedSince, _isDriven), _devices.States, _conditions.All);

    /// <summary>Replaces the state by a saved one; what does not fit the plan is dropped, as in <see cref="Replace"/>.</summary>
    /// <exception cref="RuleStateException">The bytes are no saved state, or of a version that is not known; the state is as before.</exception>
    public void Restore(ReadOnlySpan<byte> source)
    {
        var devices = new DeviceWatch(_plan);
        var conditions = NewStore(_plan);
        var clocks = new StateReader(source, _plan).Read(devices, conditions);
        (_devices, _conditions, _sink.Conditions) = (devices, conditions, conditions);
        (_clock, _nextSweep, _isDriven) = (clocks.Clock, clocks.NextSweep, clocks.IsDriven);
        MarkOffline();
        _devices.Resume(clocks.WatchedSince);
    }

    private ConditionStore NewStore(RulePlan plan) => new(plan.Options) { Moved = OnMoved };

    private DeviceState Enter(DevicePlan device, long at, ICollection<ConditionChange> changes)
    {
        _sink.Changes = changes;
        if (!_isDriven)
        {
            RunUntil(at - (long)_plan.Options.Lateness.TotalMilliseconds, changes);
        }

        return _devices.StateOf(device);
    }

    private void RunUntil(long until, ICollection<ConditionChange> changes)
    {
        if (until < _clock)
        {
            return;
        }

        _clock = until;
        while (_conditions.HasDue(until) || _devices.HasDue(until))
        {
            if (_conditions.NextDue <= _devices.NextDue)
            {
                _conditions.RunNext(changes);
            }
            else
            {
                _devices.RunNext(_sink);
            }
        }

        if (until >= _nextSweep)
        {
            var retention = (long)_plan.Options.Retention.TotalMilliseconds;
            _conditions.Forget(until - retention);
            _nextSweep = until + retention;
        }
    }

    // A device that is offline can not be believed: what it alone holds active is unknown from now on.
    private void OnMoved(Condition condition, ConditionPhase before, long at, ICollection<ConditionChange> changes)
    {
        if (!condition.Rule.Policy.MeansSilence || _plan.Find(condition.Occurrence!.Sources[0].Id) is not { } device)
        {
            return;
        }

        var state = _devices.StateOf(device);
        state.IsOffline = condition.Phase == ConditionPhase.Active;
        if (!state.IsOffline)
        {
            return;
        }

        var held = _conditions.Open.Where(other => other.Spec.SourceMustLive && other.Occurrence!.Sources.Exists(source => source.Id == device.Facts.Id));
        foreach (var other in held.ToList())
        {
            if (other.Occurrence!.Sources.TrueForAll(IsOffline))
            {
                _conditions.Silence(other, at, changes);
            }
        }
    }

    private bool IsOffline(DeviceFacts device) => _plan.Find(device.Id) is not { } plan || _devices.StateOf(plan).IsOffline;

    private void MarkOffline()
    {
        foreach (var condition in _conditions.Open)
        {
            if (condition is { Phase: ConditionPhase.Active, Rule.Policy.MeansSilence: true } && _plan.Find(condition.Occurrence!.Sources[0].Id) is { } device)
            {
                _devices.StateOf(device).IsOffline = true;
            }
        }
    }

    private static LiveCondition ToLive(Condition condition)
    {
        var occurrence = condition.Occurrence!;
        var rule = condition.Rule.Definition;
        return new(
            condition.Key,
            rule.Id,
            rule.Version,
            condition.Spec.Kind,
            condition.Phase,
            DateTimeOffset.FromUnixTimeMilliseconds(occurrence.Since),
            DateTimeOffset.FromUnixTimeMilliseconds(condition.PhaseSince),
            occurrence.Severity,
            occurrence.FirstCause,
            occurrence.Reports,
            [.. occurrence.Sources]);
    }

    private sealed class Sink : ISignalSink
    {
        public ConditionStore Conditions { get; set; } = null!;

        public ICollection<ConditionChange> Changes { get; set; } = [];

        public void Send(in ConditionSignal signal) => Conditions.Apply(signal, Changes);

        public string? FindOpen(string keyOrAlias, long at) => Conditions.FindOpen(keyOrAlias, at, Changes)?.Key;
    }
}
