using System.Globalization;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Parameters;

namespace SmartCommunity.Rules.Catalogue;

/// <summary>Short forms for the tables of parameters.</summary>
internal static class ParameterTemplates
{
    private const double Day = 86_400;

    /// <summary>A duration from <paramref name="least"/> to <paramref name="most"/>, in seconds; at most a day if nothing is said.</summary>
    public static PolicyParameter Duration(string name, string standard, LocalizedText description, double least = 0, double most = Day) => new()
    {
        Name = name,
        Type = ParameterType.Duration,
        Unit = "s",
        Default = standard,
        Minimum = least,
        Maximum = most,
        Description = description,
    };

    /// <summary>A number; without limits if nothing is said.</summary>
    public static PolicyParameter Number(
        string name, double? standard, LocalizedText description, double? least = null, double? most = null, string unit = "") => new()
        {
            Name = name,
            Type = ParameterType.Number,
            Unit = unit,
            Default = standard?.ToString(CultureInfo.InvariantCulture),
            Minimum = least,
            Maximum = most,
            Description = description,
        };

    /// <summary>The kinds of events that a rule takes; all of them if it does not say.</summary>
    public static PolicyParameter Kinds(params EventKind[] kinds) => new()
    {
        Name = "kinds",
        Type = ParameterType.EventKinds,
        Default = string.Join(", ", kinds.Select(EventKinds.NameOf)),
        Kinds = kinds,
        Description = Texts.CatalogueTexts.Kinds,
    };
}
