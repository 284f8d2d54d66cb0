using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Decisions;
using SmartCommunity.Rules.Texts;

namespace SmartCommunity.Rules.Live;

/// <summary>Puts what a condition did into words for the outside.</summary>
internal static class ChangeWriter
{
    /// <summary>The change of a condition that has moved, or that has more evidence. Takes the events that wait to be told.</summary>
    public static ConditionChange Write(Condition condition, ConditionPhase before, long at, TimeZoneInfo timeZone)
    {
        var occurrence = condition.Occurrence!;
        var rule = condition.Rule;
        var facts = new ConditionFacts
        {
            Spec = condition.Spec,
            Devices = [.. occurrence.Sources],
            TimeZone = timeZone,
            Since = occurrence.Since,
            At = at,
            LastReport = occurrence.LastReport,
            Reports = occurrence.Reports,
            Severity = occurrence.Severity,
            Confidence = occurrence.Confidence,
            Confirm = occurrence.Confirm,
            Value = occurrence.Value,
            Detail = occurrence.Detail,
        };
        var text = rule.Policy.Describe(facts);
        var change = new ConditionChange
        {
            Key = condition.Key,
            Rule = rule.Definition.Id,
            RuleVersion = rule.Definition.Version,
            Kind = condition.Spec.Kind,
            Severity = occurrence.Severity,
            Dispatch = rule.DispatchOf(occurrence.Severity),
            From = before,
            To = condition.Phase,
            Momentary = condition.Spec.Lasts is not null,
            At = DateTimeOffset.FromUnixTimeMilliseconds(at),
            FirstCause = occurrence.FirstCause,
            Confidence = occurrence.Confidence,
            Devices = facts.Devices,
            Events = [.. occurrence.Pending],
            Title = text.Title,
            Why = PhaseTexts.Why(condition.Phase, facts, text.Why),
        };
        occurrence.Pending.Clear();
        return change;
    }
}
