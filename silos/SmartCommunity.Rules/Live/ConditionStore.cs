using System.Runtime.InteropServices;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Conditions;
using SmartCommunity.Rules.Decisions;
using SmartCommunity.Rules.Plans;

namespace SmartCommunity.Rules.Live;

/// <summary>The conditions of a place: applies signals and time to them by machine A, and tells what moved.</summary>
internal sealed class ConditionStore(RuleOptions options)
{
    private readonly long _clockStep = (long)options.ClockStep.TotalMilliseconds;
    private readonly Dictionary<string, Condition> _all = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Condition> _aliases = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Condition> _open = new(StringComparer.Ordinal);
    private readonly TimerQueue<Condition> _timers = new();

    /// <summary>All conditions, also those of which nothing is going on.</summary>
    public IReadOnlyCollection<Condition> All => _all.Values;

    /// <summary>The conditions of which something is going on, in the order of their keys.</summary>
    public IReadOnlyCollection<Condition> Open => _open.Values;

    /// <summary>When time alone moves one of them next, or <see cref="Occurrence.Never"/>.</summary>
    public long NextDue => _timers.NextDue;

    /// <summary>Called when a condition moved and was told, while its occurrence is still there.</summary>
    public Action<Condition, ConditionPhase, long, ICollection<ConditionChange>>? Moved { get; init; }

    /// <summary>Whether one of them is due by then.</summary>
    public bool HasDue(long until) => _timers.HasDue(until);

    /// <summary>The condition that has this key or alias and is open at a time, or null. What was due for it by then happens first.</summary>
    public Condition? FindOpen(string keyOrAlias, long at, ICollection<ConditionChange> changes)
    {
        if (!_open.TryGetValue(keyOrAlias, out var condition) && !_aliases.TryGetValue(keyOrAlias, out condition))
        {
            return null;
        }

        RunDue(condition, at, changes);
        return ConditionMachine.IsOpen(condition.Phase) ? condition : null;
    }

    /// <summary>Takes one signal. What was due for its condition by then happens first.</summary>
    public void Apply(in ConditionSignal signal, ICollection<ConditionChange> changes)
    {
        ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_all, signal.Key, out _);
        var condition = slot ??= new(signal.Key, signal.Binding.Rule, signal.Spec);
        RunDue(condition, signal.At, changes);
        if (IsRepeat(condition, signal))
        {
            return;
        }

        if (signal.At < condition.LastSignal && signal.At >= condition.LastSignal - _clockStep)
        {
            AddLateEvidence(condition, signal, changes);
            return;
        }

        condition.LastSignal = signal.At;
        var before = condition.Phase;
        Move(condition, signal.Input, signal.At);
        var isEvidence = OccurrenceUpdate.Absorb(condition, signal, before);
        Settle(condition, signal.At);
        Finish(condition, before, signal.At, isEvidence, changes);
    }

    /// <summary>All sources of a condition are silent.</summary>
    public void Silence(Condition condition, long at, ICollection<ConditionChange> changes)
    {
        RunDue(condition, at, changes);
        var before = condition.Phase;
        Move(condition, ConditionInput.SourceSilent, at);
        Finish(condition, before, at, isEvidence: false, changes);
    }

    /// <summary>Moves the condition that is due first.</summary>
    public void RunNext(ICollection<ConditionChange> changes)
    {
        var condition = _timers.TakeNext();
        RunDue(condition, condition.Due, changes);
    }

    /// <summary>Takes in a condition that was read from a checkpoint, or that still fits after the plan was replaced.</summary>
    public void Attach(Condition condition)
    {
        _all[condition.Key] = condition;
        condition.QueuedFor = Occurrence.Never;
        Index(condition, ConditionPhase.Normal);
    }

    /// <summary>Forgets what has been over for so long that no late input can concern it.</summary>
    public void Forget(long before)
    {
        foreach (var (key, condition) in _all)
        {
            if (!ConditionMachine.IsOpen(condition.Phase) && Math.Max(condition.LastSignal, condition.PhaseSince) < before)
            {
                _all.Remove(key);
            }
        }
    }

    private static bool IsRepeat(Condition condition, in ConditionSignal signal)
    {
        if (signal.Event is not { } item)
        {
            // The same metric at the same time is the same sample.
            return signal.At == condition.LastSignal && signal.Value is not null;
        }

        var hash = RecentEvents.HashOf(item);
        var recent = condition.Recent;
        if (hash == 0 || recent.Contains(hash))
        {
            return hash != 0;
        }

        recent.Add(hash);
        condition.Recent = recent;
        return false;
    }

    // What a source said before its latest word can not change where the condition is, but it can still be evidence of the same occurrence.
    private void AddLateEvidence(Condition condition, in ConditionSignal signal, ICollection<ConditionChange> changes)
    {
        if (signal.Input == ConditionInput.Holds && condition.Phase == ConditionPhase.Active && condition.Spec.Lasts is { } lasts
            && condition.Occurrence!.Since - signal.At <= (long)lasts.TotalMilliseconds)
        {
            var isEvidence = OccurrenceUpdate.Absorb(condition, signal, ConditionPhase.Active);
            Finish(condition, ConditionPhase.Active, signal.At, isEvidence, changes);
        }
    }

    private void RunDue(Condition condition, long until, ICollection<ConditionChange> changes)
    {
        while (condition.Due is var due && due <= until)
        {
            var before = condition.Phase;
            Move(condition, condition.DueInput, due);
            Settle(condition, due);
            Finish(condition, before, due, isEvidence: false, changes);
        }
    }

    private static void Move(Condition condition, ConditionInput input, long at)
    {
        var next = ConditionMachine.Next(condition.Phase, input);
        if (next != condition.Phase)
        {
            condition.Phase = next;
            condition.PhaseSince = at;
        }
    }

    // A window of no length is over as soon as it begins. An alarm is told as such even when it is over in the same moment.
    private static void Settle(Condition condition, long at)
    {
        if (condition.Phase is ConditionPhase.Suspect or ConditionPhase.Clearing && condition.Due <= at)
        {
            Move(condition, condition.DueInput, at);
        }
    }

    private void Finish(Condition condition, ConditionPhase before, long at, bool isEvidence, ICollection<ConditionChange> changes)
    {
        var after = condition.Phase;
        if (ConditionMachine.IsTold(before, after) || (isEvidence && before == ConditionPhase.Active && after == ConditionPhase.Active))
        {
            changes.Add(ChangeWriter.Write(condition, before, at, options.TimeZone));
        }

        if (before != after && condition.Occurrence is not null)
        {
            Moved?.Invoke(condition, before, at, changes);
        }

        Index(condition, before);
    }

    private void Index(Condition condition, ConditionPhase before)
    {
        if (ConditionMachine.IsOpen(condition.Phase))
        {
            if (!ConditionMachine.IsOpen(before))
            {
                _open.Add(condition.Key, condition);
            }

            if (condition.Occurrence!.Alias is { } alias)
            {
                _aliases[alias] = condition;
            }

            _timers.Watch(condition);
        }
        else if (condition.Occurrence is { } ended)
        {
            _open.Remove(condition.Key);
            _ = ended.Alias is { } alias && _aliases.Remove(alias);
            condition.Occurrence = null;
        }
    }
}
