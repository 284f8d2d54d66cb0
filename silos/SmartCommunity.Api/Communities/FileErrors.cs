using System.Globalization;
using SmartCommunity.Api.Problems;
using SmartCommunity.Communities.Files;
using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Api.Communities;

/// <summary>What is wrong with a community file, in the language of the caller and with the line.</summary>
internal static class FileErrors
{
    public static InputError Of(FileProblem problem, string language)
    {
        var what = problem.What.In(language);
        var message = problem.Line is { } line ? $"{what} {At(line, problem.Column ?? 1).In(language)}" : what;
        return new(problem.Path, message, problem.Advice.In(language));
    }

    private static LocalizedText At(int line, int column) => new(
        string.Create(CultureInfo.InvariantCulture, $"（第 {line} 行第 {column} 列）"),
        string.Create(CultureInfo.InvariantCulture, $"(line {line}, column {column})"));
}
