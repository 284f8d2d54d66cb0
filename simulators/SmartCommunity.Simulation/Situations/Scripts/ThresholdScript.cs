using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Simulation.World;

namespace SmartCommunity.Simulation.Situations.Scripts;

/// <summary>
/// 超限: a reading climbs past a rule's limit, stays there for longer than the rule waits, and comes back: a ventilator failed in a distribution room.
/// </summary>
internal static class ThresholdScript
{
    private const string Policy = "threshold";
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // What a device of the kind reads when nothing is wrong.
    private static readonly Dictionary<(string DeviceKind, string Metric), double> Ordinary = new()
    {
        [("environment-sensor", "temperature")] = 24,
        [("environment-sensor", "humidity")] = 58,
        [("environment-sensor", "co2")] = 620,
        [("environment-sensor", "pm25")] = 40,
        [("environment-sensor", "noise")] = 44,
        [("power-meter", "power")] = 28_000,
        [("power-meter", "voltage")] = 225,
        [("power-meter", "current")] = 44,
        [("water-meter", "water-pressure")] = 335,
        [("water-meter", "water-flow")] = 0.8,
        [("people-counter", "people-count")] = 4,
    };

    public static bool CanHappen(DeviceSite site, SiteRules rules) => Applied(site, rules).Count > 0;

    public static void Write(ScriptBuilder script, SiteRules rules)
    {
        var random = script.Random;
        var applied = Applied(script.Site, rules);
        var target = random.Pick(applied);
        var metric = target.Text("metric")!;
        var normal = Ordinary[(script.Site.Kind, metric)];
        var peak = Peak(target, normal, Metrics.Find(metric));
        applied = [.. applied.Where(rule => rule.Text("metric") == metric)];
        var longest = applied.Max(rule => rule.Duration("for"));

        var readings = new List<(TimeSpan At, double Value)>();
        void Read(double value)
        {
            var rounded = Math.Round(value, Math.Abs(value) < 10 ? 2 : 1);
            readings.Add((script.At, rounded));
            script.Telemetry((metric, rounded)).After(Interval);
        }

        foreach (var part in new[] { 0, 0.3, 0.6, 0.85 }) Read(normal + ((peak - normal) * part));
        var until = script.At + longest + random.Between(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(60));
        while (script.At < until) Read(peak * (1 + random.Noise(0.001)));
        foreach (var part in new[] { 0.6, 0.2, 0 }) Read(normal + ((peak - normal) * part));

        script.Expect(
            applied.Where(rule => DueAt(rule, readings) is not null),
            rule => script.Incident(rule, "threshold", $"{script.Site.Id.Value}/{metric}", DueAt(rule, readings)!.Value) with { Events = 0, Recovers = true });
    }

    // The first time at which the limit has been passed without a break for as long as the rule waits; null when that never was so.
    private static TimeSpan? DueAt(AppliedRule rule, List<(TimeSpan At, double Value)> readings)
    {
        var over = readings
            .Where(reading => reading.Value > rule.Number("above") || reading.Value < rule.Number("below"))
            .Select(reading => reading.At)
            .ToList();
        if (over.Count == 0 || over[^1] - over[0] < rule.Duration("for")) return null;
        return over[0] + rule.Duration("for");
    }

    private static double Peak(AppliedRule target, double normal, MetricEntry? metric)
    {
        var above = target.Number("above");
        var limit = above ?? target.Number("below")!.Value;
        var beyond = Math.Max(Math.Abs(limit) * 0.12, Math.Abs(limit - normal) * 0.15);
        var peak = above is null ? limit - beyond : limit + beyond;
        return metric is null ? peak : Math.Clamp(peak, metric.Minimum, metric.Maximum);
    }

    private static IReadOnlyList<AppliedRule> Applied(DeviceSite site, SiteRules rules) =>
        [.. rules.For(site, Policy).Where(rule => rule.Text("metric") is { } metric
            && Ordinary.TryGetValue((site.Kind, metric), out var normal)
            && !(normal > rule.Number("above")) && !(normal < rule.Number("below"))
            && rule.Duration("for") <= LongestWait)];
}
