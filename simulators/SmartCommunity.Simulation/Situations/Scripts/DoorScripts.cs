using SmartCommunity.Simulation.Payloads;
using SmartCommunity.Simulation.World;

namespace SmartCommunity.Simulation.Situations.Scripts;

/// <summary>门禁: a door that is not closed behind somebody, and one that is broken open.</summary>
internal static class DoorScripts
{
    private const string Policy = "door";
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    public static bool CanBeHeldOpen(DeviceSite site, SiteRules rules) =>
        Applied(site, rules, "door-held-open").Any(rule => rule.Duration("held-for") <= LongestWait);

    public static bool CanBeForced(DeviceSite site, SiteRules rules) => Applied(site, rules, "door-forced").Count > 0;

    /// <summary>Somebody is let in and wedges the door; now and then the controller itself notices before the rule does.</summary>
    public static void WriteHeldOpen(ScriptBuilder script, SiteRules rules)
    {
        script.Conduct = DeviceConduct.TelemetryOnly;
        var applied = Applied(script.Site, rules, "door-held-open");
        var heldFor = applied.Max(rule => rule.Duration("held-for"));
        script.Event("access-granted", (content, _) => content with { Data = [new("credential", "card")] }).After(0.5, 1.5).Event("door-opened");
        var opened = script.At;
        TimeSpan? noticed = null;
        if (script.Random.Chance(0.3))
        {
            script.After(heldFor.TotalSeconds * 0.4, heldFor.TotalSeconds * 0.7).Event("door-held-open", (content, _) => content with { Active = true });
            noticed = script.At;
        }

        script.After(opened + heldFor - script.At).After(15, 90).Event("door-closed").After(TimeSpan.FromSeconds(1));
        script.Expect(applied, rule => script.Incident(
            rule, "door-held-open", $"{script.Site.Id.Value}/door-held-open", noticed ?? opened + rule.Duration("held-for")) with
        {
            Recovers = true,
            Events = noticed is null ? 1 : 2,
        });
    }

    /// <summary>The door is broken open without anybody's having been let in; somebody pulls it shut soon.</summary>
    public static void WriteForced(ScriptBuilder script, SiteRules rules)
    {
        script.Conduct = DeviceConduct.TelemetryOnly;
        var applied = Applied(script.Site, rules, "door-forced");
        // Shut before it counts as held open as well.
        var heldFor = Applied(script.Site, rules, "door-held-open").Select(rule => rule.Duration("held-for")).DefaultIfEmpty(TimeSpan.FromMinutes(1)).Min();
        script.Event("door-forced").After(heldFor.TotalSeconds * 0.3, heldFor.TotalSeconds * 0.8).Event("door-closed").After(TimeSpan.FromSeconds(1));
        script.Expect(applied, rule => script.Incident(rule, "door-forced", $"{script.Site.Id.Value}/door-forced", TimeSpan.Zero) with { Recovers = true });
    }

    private static IReadOnlyList<AppliedRule> Applied(DeviceSite site, SiteRules rules, string kind) =>
        site.Kind == "door-controller" ? [.. rules.For(site, Policy).Where(rule => rule.Takes(kind))] : [];
}
