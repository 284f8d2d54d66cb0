using System.Collections.Immutable;
using SmartCommunity.Events;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Conditions;
using SmartCommunity.Rules.Places;
using SmartCommunity.Rules.Plans;
using SmartCommunity.Rules.Texts;

namespace SmartCommunity.Rules.Policies;

/// <summary>
/// What a rule does with what its devices say: it turns inputs into signals on dedup keys, and says in words what a condition means. It keeps no state:
/// confirm windows, holds and phases are the business of the condition machine.
/// </summary>
internal abstract class Policy
{
    /// <summary>The sorts of conditions that it watches.</summary>
    public abstract ImmutableArray<ConditionSpec> Specs { get; }

    /// <summary>The kinds of events that it takes.</summary>
    public virtual ImmutableArray<EventKind> EventKinds => [];

    /// <summary>The metrics that it takes.</summary>
    public virtual ImmutableArray<string> Metrics => [];

    /// <summary>Whether its conditions becoming active means that their devices can not be believed any more.</summary>
    public virtual bool MeansSilence => false;

    /// <summary>Whether it has anything to do with a device, beyond what the rule's scope says.</summary>
    public virtual bool Watches(DeviceFacts device) => true;

    /// <summary>After which silence of a device it wants to be told; null for never.</summary>
    public virtual TimeSpan? SilentAfter(DeviceFacts device) => null;

    /// <summary>The subject of a policy that has one condition per device.</summary>
    public virtual string SubjectOf(DeviceFacts device) => device.Id.Value;

    /// <summary>Whether this rule, as it applies to a device, can still say anything about a key that it once used; asked when the rule has changed.</summary>
    public virtual bool CanMean(RuleBinding binding, string key) => true;

    /// <summary>An event of one of the <see cref="EventKinds"/>; not historical, not a self-test.</summary>
    public virtual void OnEvent(RuleBinding binding, CommunityEvent item, ISignalSink sink)
    {
    }

    /// <summary>A sample of one of the <see cref="Metrics"/>.</summary>
    public virtual void OnSample(RuleBinding binding, in Sample sample, ISignalSink sink)
    {
    }

    /// <summary>The device has been silent for as long as <see cref="SilentAfter"/> says.</summary>
    /// <param name="binding">The rule and the device.</param>
    /// <param name="lastSeen">When it was last heard, Unix ms.</param>
    /// <param name="at">Now, Unix ms.</param>
    /// <param name="sink">Takes the signals.</param>
    public virtual void OnSilence(RuleBinding binding, long lastSeen, long at, ISignalSink sink)
    {
    }

    /// <summary>The device is heard again, after a silence or after it was said to be offline.</summary>
    /// <param name="binding">The rule and the device.</param>
    /// <param name="at">When, Unix ms.</param>
    /// <param name="item">The event by which it is heard; null for a sample.</param>
    /// <param name="sink">Takes the signals.</param>
    public virtual void OnHeard(RuleBinding binding, long at, CommunityEvent? item, ISignalSink sink)
    {
    }

    /// <summary>What a condition is called, and why it is an alarm.</summary>
    public abstract ConditionText Describe(ConditionFacts facts);
}
