using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Rules.Parameters;

/// <summary>What sort of value a parameter takes.</summary>
public enum ParameterType : byte
{
    /// <summary>A duration, for example <c>90s</c>; limits are in seconds.</summary>
    Duration = 0,

    /// <summary>A finite number.</summary>
    Number = 1,

    /// <summary>The name of a metric.</summary>
    Metric = 2,

    /// <summary>Names of event kinds, with commas between.</summary>
    EventKinds = 3,
}

/// <summary>One parameter of a policy: what may stand in a rule's <c>with</c>.</summary>
public sealed record PolicyParameter
{
    /// <summary>Its name, in kebab-case.</summary>
    public required string Name { get; init; }

    /// <summary>What sort of value.</summary>
    public required ParameterType Type { get; init; }

    /// <summary>The unit of a number: UCUM, or empty for the metric's own; <c>s</c> for limits of durations.</summary>
    public string Unit { get; init; } = "";

    /// <summary>What it is when the rule does not say; null when there is no value then.</summary>
    public string? Default { get; init; }

    /// <summary>Whether the rule must say.</summary>
    public bool Required { get; init; }

    /// <summary>The least value, in <see cref="Unit"/>; null for no limit.</summary>
    public double? Minimum { get; init; }

    /// <summary>The greatest value, in <see cref="Unit"/>; null for no limit.</summary>
    public double? Maximum { get; init; }

    /// <summary>The kinds that <see cref="ParameterType.EventKinds"/> may name.</summary>
    public IReadOnlyList<EventKind> Kinds { get; init; } = [];

    /// <summary>What it does.</summary>
    public required LocalizedText Description { get; init; }
}
