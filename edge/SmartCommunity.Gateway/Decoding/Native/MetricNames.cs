using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Gateway.Decoding.Native;

/// <summary>The names of the known metrics as one string each, so that the usual message allocates none.</summary>
internal static class MetricNames
{
    private const int Longest = Metrics.MaxNameLength;

    private static readonly FrozenSet<string> Known = Metrics.All.Select(metric => metric.Name).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The property name that the reader stands on.</summary>
    internal static string Get(ref Utf8JsonReader reader)
    {
        if (reader.ValueIsEscaped || reader.ValueSpan.Length > Longest)
            return reader.GetString()!;

        Span<char> text = stackalloc char[Longest];
        var length = Encoding.UTF8.GetChars(reader.ValueSpan, text);
        var lookup = Known.GetAlternateLookup<ReadOnlySpan<char>>();
        return lookup.TryGetValue(text[..length], out var name) ? name : text[..length].ToString();
    }
}
