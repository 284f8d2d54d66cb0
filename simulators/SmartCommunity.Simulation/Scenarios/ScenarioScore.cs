using System.Text.Json;
using System.Text.Json.Serialization;
using SmartCommunity.Simulation.Load;
using SmartCommunity.Simulation.Situations;

namespace SmartCommunity.Simulation.Scenarios;

/// <summary>An incident that was expected, and what came of it.</summary>
/// <param name="Situation">The situation that causes it.</param>
/// <param name="Kind">What it must be about.</param>
/// <param name="Severity">How urgent it must be.</param>
/// <param name="Device">The device.</param>
/// <param name="Incident">The incident that was raised; null when it was missed.</param>
/// <param name="DelayMs">From the moment that all it takes had been published to the moment that it was listed, in ms; null when it was missed.</param>
public sealed record ScoredExpectation(string Situation, string Kind, string Severity, string Device, string? Incident, double? DelayMs);

/// <summary>How a system did in a scenario: what it missed, what it raised beyond the truth, and how long it took.</summary>
public sealed record ScenarioScore
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    public required string Scenario { get; init; }

    public required ulong Seed { get; init; }

    public required int Expected { get; init; }

    public required int Raised { get; init; }

    /// <summary>Raised of what was expected, 0 to 1.</summary>
    public double Recall => Expected == 0 ? 1 : (double)Raised / Expected;

    /// <summary>Expected of what was raised by the scenario's devices, 0 to 1.</summary>
    public double Precision => Raised + Extra.Count == 0 ? 1 : (double)Raised / (Raised + Extra.Count);

    /// <summary>Median and worst delay in ms; null when nothing was raised.</summary>
    public required double? DelayP50Ms { get; init; }

    public required double? DelayP99Ms { get; init; }

    public required double? DelayMaxMs { get; init; }

    public required IReadOnlyList<ScoredExpectation> Expectations { get; init; }

    /// <summary>Incidents of the scenario's devices that nothing in the truth explains.</summary>
    public required IReadOnlyList<SeenIncident> Extra { get; init; }

    /// <summary>Whether everything expected was raised and nothing else.</summary>
    public bool IsPerfect => Raised == Expected && Extra.Count == 0;

    /// <summary>The content of score.json.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    internal static ScenarioScore Of(string scenario, ulong seed, IReadOnlyList<Expectation> expectations, IReadOnlyList<SeenIncident> extra)
    {
        var delays = new LatencyHistogram();
        foreach (var expectation in expectations)
        {
            if (expectation.Delay is { } delay) delays.Record((long)delay.TotalMicroseconds);
        }

        return new ScenarioScore
        {
            Scenario = scenario,
            Seed = seed,
            Expected = expectations.Count,
            Raised = expectations.Count(expectation => expectation.Match is not null),
            DelayP50Ms = Milliseconds(delays.Percentile(0.5)),
            DelayP99Ms = Milliseconds(delays.Percentile(0.99)),
            DelayMaxMs = Milliseconds(delays.Max),
            Expectations = [.. expectations.Select(expectation => expectation.ToScored())],
            Extra = extra,
        };

        double? Milliseconds(TimeSpan delay) => delays.Count == 0 ? null : Math.Round(delay.TotalMilliseconds, 1);
    }
}

/// <summary>An expected incident while a scenario is played.</summary>
internal sealed class Expectation(Situation situation, ExpectedIncident expected, DateTimeOffset startedAt)
{
    /// <summary>When all that it takes will have been published.</summary>
    public DateTimeOffset DueAt { get; } = startedAt + expected.DueAt;

    public SeenIncident? Match { get; private set; }

    public TimeSpan? Delay { get; private set; }

    /// <summary>Whether an incident is what is expected: its kind, severity, place and key.</summary>
    public bool Fits(SeenIncident incident) =>
        incident.Kind == expected.Kind
        && incident.Severity == expected.Severity.ToString()
        && incident.Grid == expected.Grid.Value
        && incident.Building == expected.Building?.Value
        && incident.Key.Contains($"/{expected.KeyHint}", StringComparison.Ordinal)
        && incident.OpenedAt >= startedAt - TimeSpan.FromSeconds(1);

    public void Found(SeenIncident incident, DateTimeOffset seenAt)
    {
        Match = incident;
        Delay = seenAt > DueAt ? seenAt - DueAt : TimeSpan.Zero;
    }

    public ScoredExpectation ToScored() => new(
        situation.Kind,
        expected.Kind,
        expected.Severity.ToString(),
        expected.Device.Value,
        Match?.Id,
        Delay is { } delay ? Math.Round(delay.TotalMilliseconds, 1) : null);
}
