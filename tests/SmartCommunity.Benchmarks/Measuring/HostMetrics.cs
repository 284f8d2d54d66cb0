using System.Globalization;

namespace SmartCommunity.Benchmarks.Measuring;

/// <summary>What the host's /metrics says.</summary>
internal sealed class HostMetrics
{
    private readonly Dictionary<string, double> _values = new(StringComparer.Ordinal);

    /// <param name="text">Prometheus' text format.</param>
    public HostMetrics(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            var space = line.LastIndexOf(' ');
            if (space > 0 && line[0] != '#' && double.TryParse(line.AsSpan(space + 1), CultureInfo.InvariantCulture, out var value))
            {
                _values[line[..space]] = value;
            }
        }
    }

    /// <summary>Records that are on disk.</summary>
    public double Journaled => Get("journal_flush_records_sum");

    /// <summary>Flushes of the journal.</summary>
    public double Flushes => Get("journal_flush_records_count");

    /// <summary>Journaled records that rules have not seen.</summary>
    public double Backlog => Get("gateway_backlog");

    /// <summary>Journaled records that are not durable in the stores.</summary>
    public double NotDurable => Get("gateway_not_durable");

    /// <summary>Records that were processed by the rules.</summary>
    public double Processed => Journaled - Backlog;

    public static async Task<HostMetrics> ReadAsync(HttpClient http, Uri address, string? token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/metrics"));
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        using var answer = await http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return new(await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    private double Get(string name) => _values.GetValueOrDefault(name);
}
