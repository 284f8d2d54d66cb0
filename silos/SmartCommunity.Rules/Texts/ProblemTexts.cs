using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Rules.Texts;

/// <summary>What can be wrong with a rule, and what to write instead.</summary>
internal static class ProblemTexts
{
    public static LocalizedText UnknownPolicy(string name) => new($"没有名为“{name}”的策略。", $"There is no policy '{name}'.");

    public static LocalizedText UnknownParameter(string name, string policy) =>
        new($"策略 {policy} 没有名为“{name}”的参数。", $"The policy {policy} has no parameter '{name}'.");

    public static LocalizedText MissingParameter(string name, string policy) => new($"策略 {policy} 必须给出 {name}。", $"The policy {policy} needs {name}.");

    public static LocalizedText NotADuration(string value) => new($"“{value}”不是时长。", $"'{value}' is not a duration.");

    public static LocalizedText NotANumber(string value) => new($"“{value}”不是数。", $"'{value}' is not a number.");

    public static LocalizedText NotAMetric(string value) => new($"“{value}”不是指标名。", $"'{value}' can not name a metric.");

    public static LocalizedText UnknownMetric(string value) => new($"没有名为“{value}”的指标。", $"There is no metric '{value}'.");

    public static LocalizedText NotAKind(string value) => new($"“{value}”不是此处可用的事件类型。", $"'{value}' is not an event kind that can stand here.");

    public static LocalizedText NoKind() => new("没有给出任何事件类型。", "No event kind is given.");

    public static LocalizedText OutOfRange(string value, string least, string most) =>
        new($"{value} 超出 {least} 到 {most} 的范围。", $"{value} is not between {least} and {most}.");

    public static LocalizedText NoLimit() => new("既没有 above 也没有 below。", "There is neither above nor below.");

    public static LocalizedText LimitsCross() => new("below 不小于 above，任何值都会告警。", "below is not less than above, so every value would be an alarm.");

    public static LocalizedText HysteresisTooWide() => new("hysteresis 大于 below 与 above 之间的距离，永远无法恢复。", "hysteresis is wider than the span from below to above, so that nothing would ever recover.");

    public static LocalizedText WriteDuration() => new("写成 90s、5m、2h 或 1d 这样的形式。", "Write it like 90s, 5m, 2h or 1d.");

    public static LocalizedText WriteNumber() => new("写一个有限的十进制数，例如 40 或 -5.5。", "Write a finite decimal number, for example 40 or -5.5.");

    public static LocalizedText WriteBetween(string least, string most) => new($"写 {least} 到 {most} 之间的值。", $"Write a value from {least} to {most}.");

    public static LocalizedText WriteLimit() => new("写 above、below 或两者，例如 above: 40。", "Write above, below or both, for example above: 40.");

    public static LocalizedText WriteParameter(string name) => new($"在 with 下写 {name}。", $"Write {name} below with.");

    public static LocalizedText WriteLimitsApart() => new("让 below 小于 above。", "Make below less than above.");

    public static LocalizedText WriteSmallerHysteresis() => new("写更小的 hysteresis。", "Write a smaller hysteresis.");

    public static LocalizedText OneOf(IEnumerable<string> names, string? nearest)
    {
        var list = string.Join(", ", names);
        return nearest is null ? new($"可写：{list}。", $"Write one of: {list}.") : new($"是否想写 {nearest}？可写：{list}。", $"Did you mean {nearest}? Write one of: {list}.");
    }

    public static LocalizedText TakesNone(string policy) => new($"策略 {policy} 不带参数。", $"The policy {policy} takes no parameters.");
}
