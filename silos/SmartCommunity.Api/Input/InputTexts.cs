using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Api.Input;

/// <summary>What is said of input that does not fit.</summary>
internal static class InputTexts
{
    public static LocalizedText NotAnId { get; } = new("不是有效的编号", "is not an id");

    public static LocalizedText IdHint { get; } = new("1 至 64 个字符：A-Z a-z 0-9 . _ -", "1 to 64 characters of A-Z a-z 0-9 . _ -");

    public static LocalizedText NotATime { get; } = new("不是有效的时间", "is not a time");

    public static LocalizedText TimeHint { get; } = new(
        "带时区的 ISO 8601 时间，例如 2026-11-20T10:00:00+08:00，或毫秒时间戳", "ISO 8601 with an offset, for example 2026-11-20T10:00:00Z, or epoch milliseconds");

    public static LocalizedText NotADuration { get; } = new("不是有效的时长", "is not a duration");

    public static LocalizedText DurationHint { get; } = new("例如 300（秒）、5m、1h、1d 或 PT5M", "for example 300 (seconds), 5m, 1h, 1d or PT5M");

    public static LocalizedText OutOfRange { get; } = new("超出范围", "is out of range");

    public static LocalizedText Range(long minimum, long maximum) => new($"{minimum} 至 {maximum}", $"{minimum} to {maximum}");

    public static LocalizedText NotOneOf(string value) => new($"“{value}”不在可选值中", $"'{value}' is none of the values");

    public static LocalizedText OneOf(IEnumerable<string> values)
    {
        var list = string.Join(", ", values);
        return new($"可选：{list}", $"one of {list}");
    }

    public static LocalizedText Missing { get; } = new("缺少", "is missing");

    public static LocalizedText FromAfterTo { get; } = new("from 必须早于 to", "from must be before to");

    public static LocalizedText SwapThem { get; } = new("请调换或更改", "change one of them");

    public static LocalizedText NotACursor { get; } = new("不是有效的翻页标记", "is not a cursor");

    public static LocalizedText CursorHint { get; } = new("请使用上一页的 next", "use the next of the page before");

    public static LocalizedText NotAVersion { get; } = new("不是版本号", "is not a version");

    public static LocalizedText VersionHint { get; } = new("If-Match: \"版本号\"，即 ETag", "If-Match: \"version\", as the ETag has it");

    public static LocalizedText KeyHint { get; } = new("1 至 100 个可见 ASCII 字符", "1 to 100 visible ASCII characters");

    public static LocalizedText NotAKey { get; } = new("不是有效的幂等键", "is not an idempotency key");

    public static LocalizedText TooLong(int limit) => new($"超过 {limit} 个字符", $"has more than {limit} characters");

    public static LocalizedText TooMany(int limit) => new($"超过 {limit} 项", $"has more than {limit} items");

    public static LocalizedText Shorten { get; } = new("请缩短", "shorten it");

    public static LocalizedText NotALink { get; } = new("不是有效的链接", "is not a link");

    public static LocalizedText LinkHint { get; } = new("http(s) 地址，或以 / 开头的站内地址", "an http(s) address, or one of this site that begins with /");

    public static LocalizedText NotAMediaType { get; } = new("不是有效的媒体类型", "is not a media type");

    public static LocalizedText MediaTypeHint { get; } = new("例如 image/jpeg", "for example image/jpeg");

    public static LocalizedText NeedsStep { get; } = new("agg 须与 step 一起使用", "agg needs step");

    public static LocalizedText NotAMetric { get; } = new("不是有效的指标名", "is not the name of a metric");
}
