using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Places;

namespace SmartCommunity.Rules.Plans;

/// <summary>One device with the rules that watch it, by what they watch.</summary>
internal sealed class DevicePlan
{
    private readonly (EventKind Kind, RuleBinding[] Bindings)[] _byKind;
    private readonly (string Metric, RuleBinding[] Bindings)[] _byMetric;

    public DevicePlan(DeviceFacts facts, int index, IReadOnlyList<RuleBinding> bindings)
    {
        Facts = facts;
        Index = index;
        Bindings = [.. bindings];
        _byKind = [.. bindings.SelectMany(binding => binding.Rule.Policy.EventKinds.Select(kind => (kind, binding)))
            .GroupBy(pair => pair.kind, pair => pair.binding).Select(group => (group.Key, group.ToArray()))];
        _byMetric = [.. bindings.SelectMany(binding => binding.Rule.Policy.Metrics.Select(metric => (metric, binding)))
            .GroupBy(pair => pair.metric, pair => pair.binding, StringComparer.Ordinal).Select(group => (group.Key, group.ToArray()))];
        Silences = [.. bindings.Select(binding => (Binding: binding, After: binding.Rule.Policy.SilentAfter(facts)))
            .Where(pair => pair.After is not null)
            .Select(pair => new SilenceWatch(pair.Binding, (long)pair.After!.Value.TotalMilliseconds))
            .OrderBy(watch => watch.After).ThenBy(watch => watch.Binding.Rule.Definition.Id.Value, StringComparer.Ordinal)];
    }

    public DeviceFacts Facts { get; }

    /// <summary>Its place in the plan's list of devices.</summary>
    public int Index { get; }

    public RuleBinding[] Bindings { get; }

    /// <summary>The rules that watch its silence, shortest first.</summary>
    public SilenceWatch[] Silences { get; }

    /// <summary>The rules that watch a kind of event of this device. A device has a handful, so that a scan beats a hash.</summary>
    public ReadOnlySpan<RuleBinding> Watching(EventKind kind)
    {
        foreach (var (candidate, bindings) in _byKind)
        {
            if (candidate == kind)
            {
                return bindings;
            }
        }

        return [];
    }

    /// <summary>The rules that watch a metric of this device.</summary>
    public ReadOnlySpan<RuleBinding> Watching(string metric)
    {
        foreach (var (candidate, bindings) in _byMetric)
        {
            if (string.Equals(candidate, metric, StringComparison.Ordinal))
            {
                return bindings;
            }
        }

        return [];
    }

    /// <summary>How a rule applies to this device, or null.</summary>
    public RuleBinding? Find(string rule) => Bindings.FirstOrDefault(binding => binding.Rule.Definition.Id.Value == rule);
}

/// <summary>A rule that watches a device's silence.</summary>
/// <param name="Binding">The rule.</param>
/// <param name="After">The silence that counts, in milliseconds.</param>
internal readonly record struct SilenceWatch(RuleBinding Binding, long After);
