using System.Collections.Immutable;
using System.Globalization;
using SmartCommunity.Events;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Definitions;

namespace SmartCommunity.Rules.Parameters;

/// <summary>The parameters of one rule, typed, with defaults filled in. The rule has passed <see cref="Validation.RuleValidator"/>.</summary>
internal sealed class PolicyArguments(RuleDefinition rule, ImmutableArray<PolicyParameter> parameters)
{
    /// <summary>The rule that they belong to.</summary>
    public RuleDefinition Rule => rule;

    /// <summary>The rule's severity where it states one; otherwise that of the policy.</summary>
    public Severity SeverityOr(Severity standard) => rule.Severity ?? standard;

    public TimeSpan Duration(string name) => Durations.TryParse(Text(name), out var value) ? value : throw NotValid(name);

    public double Number(string name) => NumberOrNull(name) ?? throw NotValid(name);

    public double? NumberOrNull(string name) =>
        Text(name) is not { } text ? null : Scalars.TryParseNumber(text, out var value) ? value : throw NotValid(name);

    public string Metric(string name) => Text(name) ?? throw NotValid(name);

    public ImmutableArray<EventKind> Kinds(string name) =>
        [.. Split(Text(name)).Select(kind => EventKinds.TryParse(kind, out var value) ? value : throw NotValid(name))];

    /// <summary>The names in a list with commas between.</summary>
    internal static string[] Split(string? text) => text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    private string? Text(string name)
    {
        var parameter = parameters.FirstOrDefault(candidate => candidate.Name == name) ?? throw NotValid(name);
        return rule.With.GetValueOrDefault(name) ?? parameter.Default;
    }

    private InvalidOperationException NotValid(string name) =>
        new(string.Create(CultureInfo.InvariantCulture, $"The parameter {name} of rule {rule.Id} was not validated."));
}
