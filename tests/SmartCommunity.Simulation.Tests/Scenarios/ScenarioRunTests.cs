using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using SmartCommunity.Simulation.Fleet;
using SmartCommunity.Simulation.Scenarios;

namespace SmartCommunity.Simulation.Tests.Scenarios;

/// <summary>A scenario against systems that do well and badly: the score must tell them apart.</summary>
public sealed class ScenarioRunTests
{
    private static readonly Scenario Two = ScenarioFile.Parse("""
        name: Two
        patience: 1s
        situations:
          - {at: 0, kind: duress}
          - {at: 0, kind: panic, building: b1}
        """);

    [Fact]
    public async Task A_system_that_raises_what_is_true_is_perfect()
    {
        var score = await PlayAsync((device, kind) => kind switch
        {
            "duress" => Incident(device, "duress", "P0", "b1", $"test/duress/{device}/duress/1"),
            "panic" => Incident(device, "panic", "P0", "b1", $"test/duress/{device}/panic/2"),
            _ => null,
        });
        score.IsPerfect.ShouldBeTrue();
        (score.Expected, score.Raised, score.Recall, score.Precision).ShouldBe((2, 2, 1.0, 1.0));
        score.DelayMaxMs.ShouldNotBeNull().ShouldBeInRange(0, 10_000);
        score.Expectations.ShouldAllBe(expectation => expectation.Incident != null);
    }

    [Fact]
    public async Task What_is_missed_wrongly_graded_or_invented_shows()
    {
        var score = await PlayAsync((device, kind) => kind switch
        {
            "duress" => Incident(device, "duress", "P2", "b1", $"test/duress/{device}/duress/1"),
            "door-opened" => Incident(device, "door-forced", "P1", "b1", $"test/doors/{device}/door-forced"),
            _ => null,
        });
        score.IsPerfect.ShouldBeFalse();
        (score.Expected, score.Raised, score.Recall, score.Precision).ShouldBe((2, 0, 0.0, 0.0));
        score.Extra.Select(incident => incident.Kind).Order().ShouldBe(["door-forced", "duress"]);
        score.DelayP50Ms.ShouldBeNull();

        using var json = JsonDocument.Parse(score.ToJson());
        json.RootElement.GetProperty("recall").GetDouble().ShouldBe(0);
        json.RootElement.GetProperty("expectations").GetArrayLength().ShouldBe(2);
    }

    private static async Task<ScenarioScore> PlayAsync(Func<string, string, SeenIncident?> raise)
    {
        await using var system = await StubSystem.StartAsync(raise);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        return await new ScenarioRun(Two, system.Demo, 1, new HurryingTime(), NullLogger<FleetRunner>.Instance).RunAsync(_ => { }, limit.Token);
    }

    private static SeenIncident Incident(string device, string kind, string severity, string? building, string key) =>
        new($"i-{kind}", kind, severity, "g1", building, key, [device], DateTimeOffset.MaxValue);

    /// <summary>Four times as fast as the wall clock: a script of twelve seconds takes three.</summary>
    private sealed class HurryingTime : TimeProvider
    {
        private const int Pace = 4;
        private readonly DateTimeOffset _start = System.GetUtcNow();
        private readonly long _stamp = System.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => _start + (System.GetElapsedTime(_stamp) * Pace);

        public override long GetTimestamp() => _stamp + ((System.GetTimestamp() - _stamp) * Pace);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, Shorter(dueTime), Shorter(period));

        // The system's timers know whole milliseconds, and take 0 for never again.
        private static TimeSpan Shorter(TimeSpan time) => time <= TimeSpan.Zero ? time : TimeSpan.FromMilliseconds(Math.Max(1, time.TotalMilliseconds / Pace));
    }
}
