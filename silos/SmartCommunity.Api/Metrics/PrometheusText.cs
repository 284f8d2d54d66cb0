using System.Buffers;
using System.Globalization;
using System.Text;

namespace SmartCommunity.Api.Metrics;

/// <summary>Writes metrics in the Prometheus text format 0.0.4: <c># HELP</c>, <c># TYPE</c>, then <c>name{labels} value</c>.</summary>
internal static class PrometheusText
{
    public static void Write(IBufferWriter<byte> output, IEnumerable<MetricFamily> families)
    {
        foreach (var family in families)
        {
            var series = family.Series.ToList();
            if (series.Count == 0)
            {
                continue;
            }

            // Quotes stay as they are in HELP; only backslash and line feed are escaped.
            var help = family.Help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
            var type = family.Kind switch { MetricKind.Counter => "counter", MetricKind.Histogram => "histogram", _ => "gauge" };
            Line(output, $"# HELP {family.Name} {help}\n# TYPE {family.Name} {type}\n");
            foreach (var item in series)
            {
                if (family.Kind is MetricKind.Histogram)
                {
                    WriteHistogram(output, family.Name, item);
                }
                else
                {
                    Line(output, $"{family.Name}{item.Labels} {Number(item.Read().Value)}\n");
                }
            }
        }
    }

    private static void WriteHistogram(IBufferWriter<byte> output, string name, MetricSeries series)
    {
        var (sum, count, buckets) = series.Read();
        var cumulative = 0L;
        for (var i = 0; i < buckets.Length; i++)
        {
            cumulative += buckets[i];
            Line(output, $"{name}_bucket{WithBound(series.Labels, i < series.Bounds.Length ? Number(series.Bounds[i]) : "+Inf")} {cumulative}\n");
        }

        Line(output, $"{name}_sum{series.Labels} {Number(sum)}\n{name}_count{series.Labels} {count}\n");
    }

    private static string WithBound(string labels, string bound) => labels.Length == 0 ? $"{{le=\"{bound}\"}}" : $"{labels[..^1]},le=\"{bound}\"}}";

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);

    private static void Line(IBufferWriter<byte> output, FormattableString text) => Encoding.UTF8.GetBytes(text.ToString(CultureInfo.InvariantCulture), output);
}
