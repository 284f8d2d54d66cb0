using System.Collections.Frozen;
using System.Collections.Immutable;
using SmartCommunity.Events.Ids;
using SmartCommunity.Rules.Catalogue;
using SmartCommunity.Rules.Definitions;
using SmartCommunity.Rules.Places;
using SmartCommunity.Rules.Validation;

namespace SmartCommunity.Rules.Plans;

/// <summary>The rules of one place, checked and indexed by device and by what they watch. Immutable, swapped whole.</summary>
public sealed class RulePlan
{
    private readonly FrozenDictionary<DeviceId, DevicePlan> _devices;

    private readonly FrozenDictionary<string, CompiledRule> _rules;

    private RulePlan(ImmutableArray<CompiledRule> rules, ImmutableArray<DevicePlan> devices, RuleOptions options)
    {
        Rules = rules;
        Devices = devices;
        Options = options;
        _rules = rules.ToFrozenDictionary(rule => rule.Definition.Id.Value, StringComparer.Ordinal);
        _devices = devices.ToFrozenDictionary(device => device.Facts.Id);
    }

    /// <summary>A plan without devices and rules.</summary>
    public static RulePlan Empty { get; } = Compile([], []);

    /// <summary>How rules deal with time.</summary>
    public RuleOptions Options { get; }

    /// <summary>How many devices any rule watches.</summary>
    public int WatchedDevices => Devices.Count(device => device.Bindings.Length > 0);

    internal ImmutableArray<CompiledRule> Rules { get; }

    internal ImmutableArray<DevicePlan> Devices { get; }

    /// <summary>Checks and indexes rules; those that are switched off are left out.</summary>
    /// <param name="rules">The rules of the community, with ids that differ.</param>
    /// <param name="devices">The devices of the place, with ids that differ.</param>
    /// <param name="options">How rules deal with time; null takes the defaults.</param>
    /// <exception cref="RuleException">A rule is not valid; the message holds every problem. Use <see cref="RuleValidator"/> to ask before.</exception>
    public static RulePlan Compile(IEnumerable<RuleDefinition> rules, IEnumerable<DeviceFacts> devices, RuleOptions? options = null)
    {
        options ??= new();
        options.Check();
        var enabled = rules.Where(rule => rule.Enabled).ToList();
        var problems = enabled.SelectMany(RuleValidator.Validate).ToList();
        if (problems.Count > 0)
        {
            throw new RuleException(problems);
        }

        ImmutableArray<CompiledRule> compiled = [.. enabled.Select(rule => new CompiledRule(rule, PolicyCatalogue.Find(rule.Policy)!))];
        ImmutableArray<DevicePlan> plans = [.. devices.Select((facts, index) => new DevicePlan(
            facts, index, [.. compiled.Where(rule => rule.Watches(facts)).Select(rule => new RuleBinding(rule, facts))]))];
        return new(compiled, plans, options);
    }

    internal CompiledRule? FindRule(string id) => _rules.GetValueOrDefault(id);

    internal DevicePlan? Find(DeviceId device) => _devices.GetValueOrDefault(device);
}
