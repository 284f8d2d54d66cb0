using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Places;
using SmartCommunity.Rules.Policies;

namespace SmartCommunity.Rules.Texts;

/// <summary>Titles and reasons of the shipped policies: the one place where their sentences stand.</summary>
internal static class PolicyTexts
{
    public static ConditionText FallingObject(ConditionFacts facts, double minConfidence)
    {
        var parts = facts.Detail!.Split('\n');
        var (facade, column, floor) = (parts[0], parts[1], parts[2]);
        var spot = PlaceNames.Spot(facts.Device);
        var side = facade == "-" ? new("", "") : PlaceNames.Facade(facade);
        var line = column == "-" ? new LocalizedText("", "") : new($"第{column}列", $", column {column}");
        var level = floor.Length == 0 ? new LocalizedText("", "") : new($"，约 {floor} 层", $", near floor {floor}");
        var window = TextFormat.Duration(facts.Spec.Lasts!.Value);
        var count = facts.Reports == 1
            ? new LocalizedText("", "")
            : new($"；相隔不到{window.Zh}的第 {facts.Reports} 次", $"; number {facts.Reports}, each within {window.En} of the one before");
        var (at, sure, least) = (At(facts.LastReport, facts), TextFormat.Percent(facts.Confidence), TextFormat.Percent(minConfidence));
        return new(
            new($"{spot.Zh}{side.Zh}{line.Zh}高空抛物", $"Falling object at {spot.En}{(side.En.Length > 0 ? ", " + side.En : "")}{line.En}"),
            new($"{facts.Devices[^1].Name.Zh}在 {at} 发现高空抛物{level.Zh}，置信度 {sure}（门槛 {least}）{count.Zh}。",
                $"{facts.Devices[^1].Name.En} saw an object fall at {at}{level.En}, confidence {sure} (at least {least} is asked for){count.En}."));
    }

    public static ConditionText IllegalParking(ConditionFacts facts)
    {
        var spot = facts.Device.Zone?.Name ?? PlaceNames.Spot(facts.Device);
        var plate = facts.Detail is { } text ? new LocalizedText(text, text) : new("车牌不明", "plate not read");
        var isFireLane = facts.Severity <= Severity.P1 && facts.Device.Zone?.Kind == ZoneFacts.FireLane;
        var (stood, grace) = (TextFormat.Duration(facts.LastReport - facts.Since), TextFormat.Duration(facts.Confirm));
        var since = At(facts.Since, facts);
        var limit = facts.Confirm == 0
            ? new LocalizedText("此处不许停车", "no vehicle may stand here")
            : new($"超过允许的{grace.Zh}", $"longer than the {grace.En} that are allowed");
        var standing = facts.LastReport - facts.Since < 1000 ? new LocalizedText("", "") : new($"，到最近一次报告已停{stood.Zh}", $", {stood.En} by the latest report");
        return new(
            isFireLane
                ? new($"{spot.Zh}被占用（{plate.Zh}）", $"{spot.En} blocked ({plate.En})")
                : new($"{spot.Zh}违停（{plate.Zh}）", $"Illegal parking at {spot.En} ({plate.En})"),
            new($"{facts.Device.Name.Zh}报告该车自 {since} 起停在{spot.Zh}{standing.Zh}，{limit.Zh}。",
                $"{facts.Device.Name.En} says that the vehicle has stood at {spot.En} since {since}{standing.En}: {limit.En}."));
    }

    public static ConditionText DoorForced(ConditionFacts facts)
    {
        var device = facts.Device.Name;
        var at = At(facts.LastReport, facts);
        var times = facts.Reports == 1 ? new LocalizedText("", "") : new($"，共 {facts.Reports} 次", $", {facts.Reports} times so far");
        return new(
            new($"{device.Zh}被强行打开", $"{device.En} forced open"),
            new($"{device.Zh}在 {at} 报告门未经授权被强行打开{times.Zh}。", $"{device.En} said at {at} that the door was opened without being released{times.En}."));
    }

    public static ConditionText DoorHeldOpen(ConditionFacts facts, TimeSpan heldFor)
    {
        var device = facts.Device.Name;
        var since = At(facts.Since, facts);
        var limit = TextFormat.Duration(heldFor);
        var said = facts.Confirm < (long)heldFor.TotalMilliseconds;
        return new(
            new($"{device.Zh}长时间未关", $"{device.En} held open"),
            said
                ? new($"{device.Zh}自 {since} 起打开，并在 {At(facts.LastReport, facts)} 报告门超时未关。",
                    $"{device.En} has been open since {since} and said at {At(facts.LastReport, facts)} that it is held open.")
                : new($"{device.Zh}在 {since} 打开，超过{limit.Zh}没有关上。", $"{device.En} was opened at {since} and not closed for {limit.En}."));
    }

    public static ConditionText Duress(ConditionFacts facts)
    {
        var (entry, spot, at) = (KindOf(facts), PlaceNames.Exact(facts.Device), At(facts.Since, facts));
        return new(
            new($"{spot.Zh}{entry.Chinese}", $"{entry.English} at {spot.En}"),
            new($"{facts.Device.Name.Zh}在 {at} 发出{entry.Chinese}，立即处置。", $"{facts.Device.Name.En} sent a {entry.Name} alarm at {at}: act at once."));
    }

    public static ConditionText Alarm(ConditionFacts facts)
    {
        var (entry, spot, at) = (KindOf(facts), PlaceNames.Exact(facts.Device), At(facts.LastReport, facts));
        var times = facts.Reports == 1
            ? new LocalizedText("", "")
            : new($"，自 {At(facts.Since, facts)} 起共 {facts.Reports} 次", $", {facts.Reports} reports since {At(facts.Since, facts)}");
        return new(
            new($"{spot.Zh}{entry.Chinese}", $"{entry.English} at {spot.En}"),
            new($"{facts.Device.Name.Zh}在 {at} 报告{entry.Chinese}{times.Zh}。", $"{facts.Device.Name.En} reported {entry.Name} at {at}{times.En}."));
    }

    public static ConditionText Threshold(ConditionFacts facts, ThresholdLimits limits)
    {
        var value = facts.Value ?? 0;
        var isHigh = facts.Detail == ThresholdLimits.High;
        var limit = TextFormat.Value((isHigh ? limits.Above : limits.Below) ?? 0, limits.Metric);
        var (metric, shown, device) = (TextFormat.Metric(limits.Metric), TextFormat.Value(value, limits.Metric), facts.Device.Name);
        var since = At(facts.Since, facts);
        var duration = TextFormat.Duration(facts.Confirm);
        var held = facts.Confirm == 0 ? new LocalizedText("", "") : new($"，已持续{duration.Zh}", $", for {duration.En}");
        return new(
            new($"{device.Zh}{metric.Zh}过{(isHigh ? "高" : "低")}", $"{device.En}: {metric.En.ToLowerInvariant()} too {(isHigh ? "high" : "low")}"),
            new($"{device.Zh}{metric.Zh}为 {shown.Zh}，自 {since} 起{(isHigh ? "高" : "低")}于 {limit.Zh}{held.Zh}。",
                $"{device.En}: {metric.En.ToLowerInvariant()} is {shown.En}, {(isHigh ? "above" : "below")} {limit.En} since {since}{held.En}."));
    }

    public static ConditionText DeviceOffline(ConditionFacts facts)
    {
        var device = facts.Device.Name;
        var (since, duration) = (At(facts.Since, facts), TextFormat.Duration(facts.Confirm));
        return new(
            new($"{device.Zh}离线", $"{device.En} is offline"),
            new($"{device.Zh}自 {since} 起失去联系，超过{duration.Zh}没有恢复。", $"{device.En} has not been heard since {since}, for more than {duration.En}."));
    }

    private static EventKindEntry KindOf(ConditionFacts facts) =>
        EventKinds.TryParse(facts.Spec.Kind, out var kind) ? EventKinds.Entry(kind) : new(kind, facts.Spec.Kind, facts.Spec.Kind, facts.Spec.Kind);

    private static string At(long milliseconds, ConditionFacts facts) => TextFormat.Time(milliseconds, facts.TimeZone);
}
