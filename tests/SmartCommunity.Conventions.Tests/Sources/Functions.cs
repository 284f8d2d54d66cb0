using System.Text.RegularExpressions;

namespace SmartCommunity.Conventions.Tests.Sources;

/// <summary>Finds the functions of a formatted C# file by their indentation: a brace alone on a line below a line that ends a signature.</summary>
internal static partial class Functions
{
    /// <summary>The functions with the number of lines from the opening to the closing brace.</summary>
    public static IEnumerable<(string Name, int Line, int Length)> In(SourceFile file)
    {
        for (var i = 1; i < file.Lines.Length; i++)
        {
            if (file.Lines[i].Trim() != "{" || Signature().Match(Above(file, i)) is not { Success: true } signature)
            {
                continue;
            }

            var indent = file.Lines[i].IndexOf('{', StringComparison.Ordinal);
            var end = Array.FindIndex(file.Lines, i, line => line.StartsWith(new string(' ', indent) + "}", StringComparison.Ordinal));
            yield return (signature.Groups["name"].Value, i + 1, (end < 0 ? file.Lines.Length : end) - i + 1);
        }
    }

    // A signature may be wrapped: the lines above are joined back to the one with the least indentation.
    private static string Above(SourceFile file, int brace)
    {
        var indent = file.Lines[brace].IndexOf('{', StringComparison.Ordinal);
        var text = "";
        for (var i = brace - 1; i >= 0 && i > brace - 12; i--)
        {
            text = file.Lines[i].Trim() + " " + text;
            if (file.Lines[i].Length - file.Lines[i].TrimStart().Length == indent)
            {
                break;
            }
        }

        return text.Trim();
    }

    [GeneratedRegex(@"^(?!.*\b(class|record|struct|interface|enum|namespace|if|while|for|foreach|switch|using|lock|fixed|catch|new)\b\s*[\(\w]).*?\b(?<name>\w+)(<[^>]*>)?\(.*\)(\s*where .*|\s*: (base|this)\(.*\))?$")]
    private static partial Regex Signature();
}
