using System.Globalization;
using SmartCommunity.Events;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Catalogue;
using SmartCommunity.Rules.Definitions;
using SmartCommunity.Rules.Parameters;
using SmartCommunity.Rules.Texts;

namespace SmartCommunity.Rules.Validation;

/// <summary>Checks a rule by itself: its policy and parameters. Whether the places and devices of its scope exist, only the community knows.</summary>
public static class RuleValidator
{
    /// <summary>Every problem of a rule; none when it can be compiled.</summary>
    public static IReadOnlyList<RuleProblem> Validate(RuleDefinition rule)
    {
        if (PolicyCatalogue.Find(rule.Policy) is not { } entry)
        {
            var names = PolicyCatalogue.All.Select(candidate => candidate.Id).ToList();
            return [new("policy", ProblemTexts.UnknownPolicy(rule.Policy), ProblemTexts.OneOf(names, Suggestions.Nearest(rule.Policy, names)))];
        }

        var problems = new List<RuleProblem>();
        foreach (var (name, value) in rule.With)
        {
            if (entry.Parameters.FirstOrDefault(candidate => candidate.Name == name) is { } parameter)
            {
                problems.AddRange(CheckValue(parameter, value));
            }
            else
            {
                problems.Add(UnknownParameter(entry, name));
            }
        }

        problems.AddRange(entry.Parameters
            .Where(parameter => parameter.Required && !rule.With.ContainsKey(parameter.Name))
            .Select(parameter => new RuleProblem(
                PathOf(parameter.Name), ProblemTexts.MissingParameter(parameter.Name, entry.Id), ProblemTexts.WriteParameter(parameter.Name))));

        // Relations between values that are themselves wrong would only repeat the same mistake.
        return problems.Count > 0 ? problems : [.. entry.Relations(rule)];
    }

    internal static string PathOf(string parameter) => "with." + parameter;

    private static RuleProblem UnknownParameter(PolicyEntry entry, string name)
    {
        var names = entry.Parameters.Select(candidate => candidate.Name).ToList();
        var hint = names.Count == 0 ? ProblemTexts.TakesNone(entry.Id) : ProblemTexts.OneOf(names, Suggestions.Nearest(name, names));
        return new(PathOf(name), ProblemTexts.UnknownParameter(name, entry.Id), hint);
    }

    private static IEnumerable<RuleProblem> CheckValue(PolicyParameter parameter, string value) => parameter.Type switch
    {
        ParameterType.Duration => CheckDuration(parameter, value),
        ParameterType.Number => CheckNumber(parameter, value),
        ParameterType.Metric => CheckMetric(parameter, value),
        _ => CheckKinds(parameter, value),
    };

    private static IEnumerable<RuleProblem> CheckDuration(PolicyParameter parameter, string value)
    {
        if (!Durations.TryParse(value, out var duration))
        {
            return [new(PathOf(parameter.Name), ProblemTexts.NotADuration(value), ProblemTexts.WriteDuration())];
        }

        return CheckRange(parameter, value, duration.TotalSeconds, seconds => Durations.Format(TimeSpan.FromSeconds(seconds)));
    }

    private static IEnumerable<RuleProblem> CheckNumber(PolicyParameter parameter, string value)
    {
        if (!Scalars.TryParseNumber(value, out var number))
        {
            return [new(PathOf(parameter.Name), ProblemTexts.NotANumber(value), ProblemTexts.WriteNumber())];
        }

        return CheckRange(parameter, value, number, limit => limit.ToString(CultureInfo.InvariantCulture));
    }

    private static IEnumerable<RuleProblem> CheckRange(PolicyParameter parameter, string value, double number, Func<double, string> format)
    {
        if (number >= (parameter.Minimum ?? double.MinValue) && number <= (parameter.Maximum ?? double.MaxValue))
        {
            yield break;
        }

        var (least, most) = (format(parameter.Minimum ?? double.MinValue), format(parameter.Maximum ?? double.MaxValue));
        yield return new(PathOf(parameter.Name), ProblemTexts.OutOfRange(value, least, most), ProblemTexts.WriteBetween(least, most));
    }

    // A metric that is not in the table is stored and can be watched; but one that is a typo away from a known one is a typo.
    private static IEnumerable<RuleProblem> CheckMetric(PolicyParameter parameter, string value)
    {
        var names = Metrics.All.Select(entry => entry.Name).ToList();
        if (!Metrics.IsValidName(value))
        {
            yield return new(PathOf(parameter.Name), ProblemTexts.NotAMetric(value), ProblemTexts.OneOf(names, nearest: null));
        }
        else if (Metrics.Find(value) is null && Suggestions.Nearest(value, names) is { } nearest)
        {
            yield return new(PathOf(parameter.Name), ProblemTexts.UnknownMetric(value), ProblemTexts.OneOf(names, nearest));
        }
    }

    private static IEnumerable<RuleProblem> CheckKinds(PolicyParameter parameter, string value)
    {
        var names = parameter.Kinds.Select(EventKinds.NameOf).ToList();
        var given = PolicyArguments.Split(value);
        if (given.Length == 0)
        {
            yield return new(PathOf(parameter.Name), ProblemTexts.NoKind(), ProblemTexts.OneOf(names, nearest: null));
        }

        foreach (var name in given.Where(name => !names.Contains(name, StringComparer.Ordinal)))
        {
            yield return new(PathOf(parameter.Name), ProblemTexts.NotAKind(name), ProblemTexts.OneOf(names, Suggestions.Nearest(name, names)));
        }
    }
}
