using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace SmartCommunity.Api.Metrics;

/// <summary>Names and labels as Prometheus takes them (OpenTelemetry's rules for Prometheus compatibility).</summary>
internal static class PrometheusNames
{
    public static string Of(Instrument instrument)
    {
        var name = Clean(instrument.Name);
        var unit = instrument.Unit switch
        {
            "s" => "_seconds",
            "ms" => "_milliseconds",
            "us" => "_microseconds",
            "By" => "_bytes",
            "%" => "_percent",
            "1" or "" or null => "",
            ['{', ..] => "",
            { } other => "_" + Clean(other),
        };
        name = name.EndsWith(unit, StringComparison.Ordinal) ? name : name + unit;
        return MetricKinds.Of(instrument) is MetricKind.Counter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    /// <summary><c>{key="value",…}</c> sorted by key; empty when there are none.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return "";
        }

        SortedDictionary<string, string> labels = new(StringComparer.Ordinal);
        foreach (var (key, value) in tags)
        {
            labels[Clean(key)] = Escape(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
        }

        var text = new StringBuilder("{");
        foreach (var (key, value) in labels)
        {
            text.Append(text.Length > 1 ? "," : "").Append(key).Append("=\"").Append(value).Append('"');
        }

        return text.Append('}').ToString();
    }

    public static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Clean(string name)
    {
        var clean = string.Create(name.Length, name, static (span, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                span[i] = char.IsAsciiLetterOrDigit(source[i]) ? source[i] : '_';
            }
        });
        return clean.Length > 0 && char.IsAsciiDigit(clean[0]) ? "_" + clean : clean;
    }
}
