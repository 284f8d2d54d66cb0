using System.Globalization;
using SmartCommunity.Simulation.World;

namespace SmartCommunity.Simulation.Situations.Scripts;

/// <summary>高空抛物: something falls past a façade, and often more follows from the same window within the two minutes of one occurrence.</summary>
internal static class FallingObjectScript
{
    private const string Kind = "falling-object";
    private static readonly string[] Things = ["bag", "bottle", "cigarette-end", "food-waste", "paper", "unknown"];

    public static bool CanHappen(DeviceSite site, SiteRules rules) =>
        site is { Kind: "falling-object-camera", Building: not null } && rules.For(site, Kind).Count > 0;

    public static void Write(ScriptBuilder script, SiteRules rules)
    {
        var (site, random) = (script.Site, script.Random);
        script.Conduct = DeviceConduct.Ordinary;
        var applied = rules.For(site, Kind);
        var window = applied.Min(rule => rule.Duration("window"));
        var column = random.Whole(1, 7).ToString(CultureInfo.InvariantCulture);
        var floor = random.Whole(Math.Min(3, site.BuildingFloors), site.BuildingFloors + 1);
        var throws = 1 + random.Whole(0, 4);
        for (var i = 0; i < throws; i++)
        {
            Throw(script, column, floor);
            if (i < throws - 1) script.After(window.TotalSeconds * 0.05, window.TotalSeconds * 0.55);
        }

        var subject = $"{site.Building!.Value}/{site.Facade ?? "-"}/{column}";
        script.Expect(applied, rule => script.Incident(rule, Kind, subject, TimeSpan.Zero) with { Events = throws });
    }

    private static void Throw(ScriptBuilder script, string column, int floor)
    {
        var confidence = script.Random.Between(0.72, 0.99);
        var seen = floor + script.Random.Whole(-1, 2);
        var thing = script.Random.Pick(Things);
        var picture = $"urn:sc:snapshot:{script.Site.Id.Value}:{script.Random.NextBits():x16}";
        script.Event(Kind, (content, _) => content with
        {
            Confidence = confidence,
            Data = [new("column", column), new("floor", Math.Max(1, seen)), new("object", thing)],
            EvidenceUri = picture,
        });
    }
}
