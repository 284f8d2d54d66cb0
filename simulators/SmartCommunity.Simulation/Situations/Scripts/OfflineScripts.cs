using SmartCommunity.Simulation.World;

namespace SmartCommunity.Simulation.Situations.Scripts;

/// <summary>设备离线: the power fails and the will speaks, or the device hangs and says nothing while its connection stands.</summary>
internal static class OfflineScripts
{
    private const string Policy = "device-offline";
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    public static bool CanVanish(DeviceSite site, SiteRules rules) => rules.For(site, Policy).Any(rule => rule.Duration("confirm") <= LongestWait);

    public static bool CanFallSilent(DeviceSite site, SiteRules rules) => rules.For(site, Policy).Any(rule => SilentAfter(rule) <= LongestWait);

    public static void WriteVanish(ScriptBuilder script, SiteRules rules)
    {
        var applied = rules.For(script.Site, Policy);
        var longest = applied.Max(rule => rule.Duration("confirm"));
        script.Do(new DeviceAct.Vanish()).After(longest).After(20, 90).Do(new DeviceAct.ComeBack()).After(TimeSpan.FromSeconds(5));
        script.Expect(applied, rule => script.Incident(rule, "device-offline", script.Site.Id.Value, rule.Duration("confirm")) with { Recovers = true });
    }

    public static void WriteFallSilent(ScriptBuilder script, SiteRules rules)
    {
        var applied = rules.For(script.Site, Policy).Where(rule => SilentAfter(rule) <= LongestWait).ToList();
        script.Do(new DeviceAct.Rest()).After(applied.Max(SilentAfter)).After(20, 90);
        script.Expect(applied, rule => script.Incident(rule, "device-offline", script.Site.Id.Value, SilentAfter(rule)) with { Events = 0, Recovers = true });
    }

    private static TimeSpan SilentAfter(AppliedRule rule) => rule.Site.SilentAfter ?? rule.Duration("silent-after");
}
