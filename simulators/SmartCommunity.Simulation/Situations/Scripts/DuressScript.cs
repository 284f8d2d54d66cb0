using SmartCommunity.Simulation.World;

namespace SmartCommunity.Simulation.Situations.Scripts;

/// <summary>胁迫, 紧急求助: somebody opens a door with the code that says «I am forced to», or presses the button. Each call is a case of its own.</summary>
internal static class DuressScript
{
    private const string Policy = "duress";

    public static bool CanHappen(DeviceSite site, SiteRules rules) => Applied(site, rules, "door-controller", "duress").Count > 0;

    public static bool CanPanic(DeviceSite site, SiteRules rules) => Applied(site, rules, "panic-button", "panic").Count > 0;

    public static void Write(ScriptBuilder script, SiteRules rules)
    {
        script.Conduct = DeviceConduct.TelemetryOnly;
        script.Event("duress", (content, _) => content with { Data = [new("credential", "code")] })
            .After(0.5, 1.5).Event("door-opened").After(4, 10).Event("door-closed").After(TimeSpan.FromSeconds(1));
        Expect(script, Applied(script.Site, rules, "door-controller", "duress"), "duress");
    }

    public static void WritePanic(ScriptBuilder script, SiteRules rules)
    {
        script.Conduct = DeviceConduct.Ordinary;
        script.Event("panic").After(TimeSpan.FromSeconds(1));
        Expect(script, Applied(script.Site, rules, "panic-button", "panic"), "panic");
    }

    private static void Expect(ScriptBuilder script, IReadOnlyList<AppliedRule> applied, string kind) =>
        script.Expect(applied, rule => script.Incident(rule, kind, $"{script.Site.Id.Value}/{kind}/", TimeSpan.Zero));

    private static IReadOnlyList<AppliedRule> Applied(DeviceSite site, SiteRules rules, string deviceKind, string kind) =>
        site.Kind == deviceKind ? [.. rules.For(site, Policy).Where(rule => rule.Takes(kind))] : [];
}
