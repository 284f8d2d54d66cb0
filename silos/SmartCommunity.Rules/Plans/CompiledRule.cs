using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Catalogue;
using SmartCommunity.Rules.Conditions;
using SmartCommunity.Rules.Definitions;
using SmartCommunity.Rules.Parameters;
using SmartCommunity.Rules.Places;
using SmartCommunity.Rules.Policies;

namespace SmartCommunity.Rules.Plans;

/// <summary>A checked rule with its policy.</summary>
internal sealed class CompiledRule
{
    public CompiledRule(RuleDefinition definition, PolicyEntry entry)
    {
        Definition = definition;
        Policy = entry.Create(new PolicyArguments(definition, entry.Parameters));
    }

    public RuleDefinition Definition { get; }

    public Policy Policy { get; }

    /// <summary>Who sends a case of this severity on its way.</summary>
    public DispatchMode DispatchOf(Severity severity) =>
        Definition.Dispatch ?? (severity <= Severity.P1 ? DispatchMode.Automatic : DispatchMode.Manual);

    /// <summary>The sort of condition with this name, or null.</summary>
    public ConditionSpec? FindSpec(string kind) => Policy.Specs.FirstOrDefault(spec => spec.Kind == kind);

    /// <summary>Whether the rule watches a device.</summary>
    public bool Watches(DeviceFacts device)
    {
        var where = Definition.Where;
        return (where.DeviceKinds.IsEmpty || where.DeviceKinds.Contains(device.Kind, StringComparer.Ordinal))
            && (where.Grids.IsEmpty || where.Grids.Contains(device.Grid))
            && (where.Buildings.IsEmpty || (device.Building is { } building && where.Buildings.Contains(building)))
            && (where.Zones.IsEmpty || (device.Zone is { } zone && where.Zones.Contains(zone.Id)))
            && (where.Devices.IsEmpty || where.Devices.Contains(device.Id))
            && Policy.Watches(device);
    }
}

/// <summary>A rule as it applies to one device.</summary>
internal sealed class RuleBinding(CompiledRule rule, DeviceFacts device)
{
    private readonly string _prefix = $"{device.Community.Value}/{rule.Definition.Id.Value}/";

    public CompiledRule Rule => rule;

    public DeviceFacts Device => device;

    /// <summary>The key of the condition of a policy that has one per device; made once, so that samples need not make it.</summary>
    public string DeviceKey => field ??= KeyOf(rule.Policy.SubjectOf(device));

    /// <summary>The dedup key of a subject: <c>{community}/{rule}/{subject}</c>.</summary>
    public string KeyOf(string subject) => _prefix + subject;
}
