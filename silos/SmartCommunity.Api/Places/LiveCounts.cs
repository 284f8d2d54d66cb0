using System.Text.Json.Serialization;
using SmartCommunity.Grains.Contracts;

namespace SmartCommunity.Api.Places;

/// <summary>Open cases by severity.</summary>
public sealed record OpenCases(
    [property: JsonPropertyName("P0")] int P0, [property: JsonPropertyName("P1")] int P1, [property: JsonPropertyName("P2")] int P2,
    [property: JsonPropertyName("P3")] int P3)
{
    /// <summary>All of them.</summary>
    public int Total => P0 + P1 + P2 + P3;

    /// <summary>The worst severity that is open; null when nothing is.</summary>
    [JsonIgnore]
    public string? Worst => P0 > 0 ? "P0" : P1 > 0 ? "P1" : P2 > 0 ? "P2" : P3 > 0 ? "P3" : null;
}

/// <summary>What a place's summaries say.</summary>
internal readonly record struct LiveCounts(OpenCases Open, int DevicesOnline)
{
    public static LiveCounts Sum(IEnumerable<PlaceSummary> summaries)
    {
        Span<int> open = stackalloc int[4];
        var online = 0;
        foreach (var summary in summaries)
        {
            for (var severity = 0; severity < open.Length && severity < summary.OpenCases.Length; severity++)
            {
                open[severity] += summary.OpenCases[severity];
            }

            online += summary.DevicesOnline;
        }

        return new(new(open[0], open[1], open[2], open[3]), online);
    }
}
