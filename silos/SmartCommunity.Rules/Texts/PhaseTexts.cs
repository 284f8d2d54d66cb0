using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Rules.Texts;

/// <summary>Why a condition is in its phase; the same for all policies except for the alarm itself.</summary>
internal static class PhaseTexts
{
    /// <param name="phase">The phase that it moved to.</param>
    /// <param name="facts">The occurrence.</param>
    /// <param name="alarm">Why it is an alarm, as its policy says.</param>
    public static LocalizedText Why(ConditionPhase phase, ConditionFacts facts, LocalizedText alarm)
    {
        var at = TextFormat.Time(facts.At, facts.TimeZone);
        var lasted = TextFormat.Duration(facts.At - facts.Since);
        var hold = TextFormat.Duration(facts.Spec.Hold);
        var device = facts.Device.Name;
        return phase switch
        {
            ConditionPhase.Clearing => new(
                $"{device.Zh}在 {at} 报告已恢复，持续了{lasted.Zh}；观察{hold.Zh}无反复即为恢复。",
                $"{device.En} said at {at} that it is over after {lasted.En}; it has recovered when it stays so for {hold.En}."),
            ConditionPhase.Cleared when facts.Spec.Lasts is { } lasts => new(
                $"到 {at} 已有{TextFormat.Duration(lasts).Zh}没有新的报告，共 {facts.Reports} 次。",
                $"By {at} nothing new had come for {TextFormat.Duration(lasts).En}; {facts.Reports} reports in all."),
            ConditionPhase.Cleared => new($"{at} 起恢复正常，共持续{lasted.Zh}。", $"Recovered at {at}, after {lasted.En}."),
            ConditionPhase.Unknown => new(
                $"{device.Zh}在 {at} 失联，此前已告警{lasted.Zh}，现状不明。",
                $"{device.En} went silent at {at}, {lasted.En} into the alarm; how things stand is not known."),
            _ => alarm,
        };
    }
}
