using System.Globalization;
using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Api.Problems;

/// <summary>The sentences of problems that carry something of the request.</summary>
internal static class ProblemTexts
{
    public static LocalizedText Community { get; } = new("社区", "community");

    public static LocalizedText Grid { get; } = new("网格", "grid");

    public static LocalizedText Building { get; } = new("楼栋", "building");

    public static LocalizedText Zone { get; } = new("区域", "zone");

    public static LocalizedText Device { get; } = new("设备", "device");

    public static LocalizedText Person { get; } = new("人员", "person");

    public static LocalizedText Incident { get; } = new("案卷", "incident");

    public static LocalizedText Command { get; } = new("操作", "command");

    public static LocalizedText NotFound(LocalizedText what, string id) =>
        new($"没有{what.Zh}“{id}”，或您无权查看。", $"There is no {what.En} '{id}', or you may not see it.");

    public static LocalizedText Errors(int count) => Format($"共 {count} 处错误，见 errors。", $"{count} errors; see errors.");

    public static LocalizedText TooLarge(int limit) => Format($"内容最多 {limit} 字节。", $"A body has at most {limit} bytes.");

    public static LocalizedText NotUtf8 { get; } = new("内容不是 UTF-8 编码，请另存为 UTF-8 后再试。", "The body is not UTF-8; save it as UTF-8 and try again.");

    public static LocalizedText NotJson(string path) => new($"JSON 内容在 {path} 处有误。", $"The JSON is not right at {path}.");

    public static LocalizedText RetryAfter(int seconds) => Format($"请 {seconds} 秒后再试。", $"Try again in {seconds} seconds.");

    public static LocalizedText NeedsRole(LocalizedText who) => new($"此操作须由{who.Zh}进行。", $"This takes: {who.En}.");

    public static LocalizedText TooManyRaw(int limit, string step) => Format(
        $"该时段的原始数据超过 {limit} 条；请缩短时段，或加 step={step} 取聚合值。", $"There are more than {limit} raw samples; ask for a shorter time, or add step={step} for aggregates.");

    public static LocalizedText TooManyBuckets(long count, int limit, string step) => Format(
        $"共 {count} 个时间段，最多 {limit} 个；请用 step={step} 或更大的步长，或缩短时段。",
        $"That makes {count} buckets, at most {limit} are answered; use step={step} or longer, or ask for a shorter time.");

    public static LocalizedText NameCommunity(IEnumerable<string> communities)
    {
        var names = string.Join(", ", communities);
        return new($"请用 community= 指定社区：{names}。", $"Say which community with community=: {names}.");
    }

    public static LocalizedText LiveReadersFull { get; } = new("实时连接太多，请稍后再试。", "Too many live readers; try again in a moment.");

    private static LocalizedText Format(FormattableString zh, FormattableString en) =>
        new(zh.ToString(CultureInfo.InvariantCulture), en.ToString(CultureInfo.InvariantCulture));
}
