using SmartCommunity.Events;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Catalogue;
using SmartCommunity.Rules.Definitions;
using SmartCommunity.Rules.Parameters;

namespace SmartCommunity.Simulation.World;

/// <summary>A rule and a device that it watches, with the parameters that count: the rule's own, else the policy's defaults.</summary>
/// <param name="Rule">The rule; its policy is in the catalogue.</param>
/// <param name="Site">The device.</param>
public sealed record AppliedRule(RuleDefinition Rule, DeviceSite Site)
{
    private PolicyEntry Policy => PolicyCatalogue.Find(Rule.Policy)!;

    /// <summary>A text parameter; null when neither rule nor policy has it.</summary>
    public string? Text(string name) => Rule.With.GetValueOrDefault(name) ?? Policy.Parameters.FirstOrDefault(parameter => parameter.Name == name)?.Default;

    /// <summary>A duration; 0 when it is absent.</summary>
    public TimeSpan Duration(string name) => Durations.TryParse(Text(name), out var value) ? value : TimeSpan.Zero;

    /// <summary>A number; null when it is absent.</summary>
    public double? Number(string name) => Scalars.TryParseNumber(Text(name), out var value) ? value : null;

    /// <summary>Whether it takes events of a kind.</summary>
    public bool Takes(string eventKind) =>
        Text("kinds") is not { } kinds || kinds.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Contains(eventKind, StringComparer.Ordinal);

    /// <summary>How urgent a case is that it raises.</summary>
    /// <param name="kind">What the case is about.</param>
    /// <param name="special">The policy's own severity in a special place, for example a fire lane; a severity that the rule states goes before it.</param>
    public Severity Severity(string kind, Severity? special = null) =>
        Rule.Severity ?? special ?? Policy.Conditions.FirstOrDefault(condition => condition.Kind == kind)?.Severity ?? Policy.DefaultSeverity;
}
