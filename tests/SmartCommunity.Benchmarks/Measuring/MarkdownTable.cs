using System.Globalization;
using System.Text;

namespace SmartCommunity.Benchmarks.Measuring;

/// <summary>A table as Markdown: a column per server and profile, a row per figure.</summary>
internal sealed class MarkdownTable<T>(IReadOnlyList<T> columns)
{
    private readonly StringBuilder _text = new();

    /// <summary>A line above the table.</summary>
    public MarkdownTable<T> Line(FormattableString text)
    {
        _text.AppendLine(text.ToString(CultureInfo.InvariantCulture));
        return this;
    }

    /// <summary>The first row.</summary>
    public MarkdownTable<T> Head(string name, Func<T, string> cell)
    {
        _text.AppendLine();
        Row(name, cell);
        _text.AppendLine(CultureInfo.InvariantCulture, $"|---|{string.Concat(columns.Select(_ => "---:|"))}");
        return this;
    }

    public void Row(string name, Func<T, string> cell) => _text.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {string.Join(" | ", columns.Select(cell))} |");

    public override string ToString() => _text.ToString();
}

/// <summary>How figures are written.</summary>
internal static class Figure
{
    /// <summary>What is not known or makes no sense.</summary>
    public const string None = "–";

    /// <summary>1,234.</summary>
    public static string Whole(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>1,234.5.</summary>
    public static string Tenths(double value) => value.ToString("N1", CultureInfo.InvariantCulture);

    /// <summary>1,234.56.</summary>
    public static string Hundredths(double value) => value.ToString("N2", CultureInfo.InvariantCulture);
}
