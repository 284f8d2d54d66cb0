using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Simulation.World;

namespace SmartCommunity.Simulation.Situations.Scripts;

/// <summary>烟雾, 燃气, 漏水: the reading climbs, the detector raises its alarm, the matter passes, the alarm ends.</summary>
internal static class AlarmScripts
{
    private static readonly Alarm Smoke = new("smoke-detector", "smoke-gas", "smoke", "smoke-density", Normal: 0.05, Alarming: 1.2, Peak: 9);
    private static readonly Alarm Gas = new("gas-detector", "smoke-gas", "gas", "gas", Normal: 0.5, Alarming: 10, Peak: 26);
    private static readonly Alarm Leak = new("water-leak-sensor", "water-leak", "water-leak", "water-level", Normal: 0, Alarming: 0.005, Peak: 0.05);

    public static bool CanSmoke(DeviceSite site, SiteRules rules) => Smoke.Applied(site, rules).Count > 0;

    public static bool CanLeakGas(DeviceSite site, SiteRules rules) => Gas.Applied(site, rules).Count > 0;

    public static bool CanLeakWater(DeviceSite site, SiteRules rules) => Leak.Applied(site, rules).Count > 0;

    public static void WriteSmoke(ScriptBuilder script, SiteRules rules) => Write(script, rules, Smoke);

    public static void WriteGas(ScriptBuilder script, SiteRules rules) => Write(script, rules, Gas);

    public static void WriteWaterLeak(ScriptBuilder script, SiteRules rules) => Write(script, rules, Leak);

    private static void Write(ScriptBuilder script, SiteRules rules, Alarm alarm)
    {
        var applied = alarm.Applied(script.Site, rules);
        Read(script, alarm, alarm.Alarming * 0.4);
        script.After(2, 5);
        Read(script, alarm, alarm.Alarming);
        script.Event(alarm.Kind, (content, _) => content with { Active = true, Data = [new(alarm.Metric, alarm.Alarming)] });
        var due = script.At;

        var peak = script.Random.Between(alarm.Peak * 0.5, alarm.Peak);
        var readings = script.Random.Whole(8, 20);
        for (var i = 0; i < readings; i++)
        {
            script.After(TimeSpan.FromSeconds(5));
            Read(script, alarm, alarm.Alarming + ((peak - alarm.Alarming) * Math.Sin(Math.PI * (i + 1) / (readings + 1))));
        }

        script.After(TimeSpan.FromSeconds(5));
        Read(script, alarm, alarm.Normal);
        script.Event(alarm.Kind, (content, _) => content with { Active = false });
        script.After(TimeSpan.FromSeconds(5));
        Read(script, alarm, alarm.Normal);

        var outdoors = alarm.Kind == "water-leak" && script.Site.Building is null ? Severity.P2 : (Severity?)null;
        script.Expect(applied, rule => script.Incident(rule, alarm.Kind, $"{script.Site.Id.Value}/{alarm.Kind}", due) with
        {
            Severity = rule.Severity(alarm.Kind, outdoors),
            Recovers = true,
        });
    }

    private static void Read(ScriptBuilder script, Alarm alarm, double value)
    {
        var noisy = alarm.Normal == 0 ? value : value * (1 + script.Random.Noise(0.03));
        script.Telemetry((alarm.Metric, Math.Round(Math.Max(0, noisy), 3)));
    }

    /// <param name="DeviceKind">Who raises it.</param>
    /// <param name="Policy">The policy that takes it.</param>
    /// <param name="Kind">The event, and the incident.</param>
    /// <param name="Metric">The reading behind it.</param>
    /// <param name="Normal">The reading when nothing is wrong.</param>
    /// <param name="Alarming">The reading at which the detector raises its alarm.</param>
    /// <param name="Peak">The worst reading.</param>
    private sealed record Alarm(string DeviceKind, string Policy, string Kind, string Metric, double Normal, double Alarming, double Peak)
    {
        public IReadOnlyList<AppliedRule> Applied(DeviceSite site, SiteRules rules) =>
            site.Kind == DeviceKind ? [.. rules.For(site, Policy).Where(rule => rule.Takes(Kind))] : [];
    }
}
