using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Places;
using SmartCommunity.Simulation.Devices.Models;
using SmartCommunity.Simulation.Payloads;
using SmartCommunity.Simulation.World;

namespace SmartCommunity.Simulation.Situations.Scripts;

/// <summary>
/// 违停: a vehicle stands where it must not for longer than the grace of the zone, then leaves. Where the grace is long, the camera speaks up only
/// after it, and says since when the vehicle has been there.
/// </summary>
internal static class IllegalParkingScript
{
    private const string Policy = "illegal-parking";
    private static readonly TimeSpan LongWait = TimeSpan.FromMinutes(2);

    public static bool CanHappen(DeviceSite site, SiteRules rules) => site.Kind == "parking-camera" && Applied(site, rules).Count > 0;

    public static void Write(ScriptBuilder script, SiteRules rules)
    {
        var (site, random) = (script.Site, script.Random);
        script.Conduct = DeviceConduct.Ordinary;
        var applied = Applied(site, rules);
        var grace = applied.Max(rule => GraceOf(rule)!.Value);
        var plate = Plates.Any(random);
        var written = random.Chance(0.5) ? plate.Insert(2, "·") : plate;
        var track = $"t{random.Whole(1000, 10_000)}";
        var comesLate = grace > LongWait;
        var stoodFor = comesLate ? grace + random.Between(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(60)) : TimeSpan.Zero;

        See(script, "vehicle-present", written, track, stoodFor);
        script.After(comesLate ? TimeSpan.Zero : grace).After(25, 120);
        See(script, "vehicle-left", written, track, TimeSpan.Zero);
        script.After(TimeSpan.FromSeconds(1));
        script.Expect(applied, rule => script.Incident(rule, "illegal-parking", $"{site.Zone?.Value ?? site.Id.Value}/{plate}", DueAt(rule, comesLate)) with
        {
            Severity = rule.Severity("illegal-parking", site.ZoneKind == ZoneFacts.FireLane ? Severity.P1 : null),
            Recovers = true,
        });
    }

    private static TimeSpan DueAt(AppliedRule rule, bool comesLate) => comesLate ? TimeSpan.Zero : GraceOf(rule)!.Value;

    private static void See(ScriptBuilder script, string kind, string plate, string track, TimeSpan stoodFor)
    {
        var confidence = script.Random.Between(0.85, 0.99);
        script.Event(kind, (content, time) => content with
        {
            Confidence = confidence,
            Data = stoodFor > TimeSpan.Zero
                ? [new("plate", plate), new("track", track), new("since", (time - stoodFor).ToUnixTimeMilliseconds())]
                : [new("plate", plate), new("track", track)],
        });
    }

    private static IReadOnlyList<AppliedRule> Applied(DeviceSite site, SiteRules rules) =>
        [.. rules.For(site, Policy).Where(rule => GraceOf(rule) is not null)];

    // The order in which the policy looks: the zone's own grace, its kind's, the rule's. Null: a vehicle may stand here.
    private static TimeSpan? GraceOf(AppliedRule rule) => rule.Site switch
    {
        { ParkingGrace: { } own } => own,
        { ZoneKind: ZoneFacts.FireLane } => rule.Duration("fire-lane-grace"),
        { ZoneKind: ZoneFacts.Gate } => rule.Duration("gate-grace"),
        { ZoneKind: ZoneFacts.Garage or ZoneFacts.ParkingLot } => null,
        _ => rule.Duration("grace"),
    };
}
