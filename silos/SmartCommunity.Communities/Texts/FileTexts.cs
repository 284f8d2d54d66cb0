using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Communities.Texts;

/// <summary>What can be wrong with the form of a community file, and what to write instead.</summary>
internal static class FileTexts
{
    public static LocalizedText TooLong(int most) => new($"文件超过 {most} 个字符。", $"The file has more than {most} characters.");

    public static LocalizedText SplitIt() => new("把它拆成几个社区。", "Split it into several communities.");

    public static LocalizedText Empty() => new("文件是空的。", "The file is empty.");

    public static LocalizedText NoYaml(string reason) => new($"不是有效的 YAML：{reason}", $"This is no YAML: {reason.TrimEnd('.')}.");

    public static LocalizedText NoJson() => new("不是有效的 JSON。", "This is no JSON.");

    public static LocalizedText CheckSyntax() => new("检查此处及上一行的缩进、引号、冒号和逗号。", "Check indentation, quotes, colons and commas here and in the line above.");

    public static LocalizedText TooDeep(int most) => new($"嵌套超过 {most} 层。", $"The nesting is deeper than {most}.");

    public static LocalizedText SeeSample() => new("参照样例社区文件。", "See the sample community's file.");

    public static LocalizedText SecondDocument() => new("文件里有第二个 YAML 文档。", "There is a second YAML document.");

    public static LocalizedText OneDocument() => new("一个文件只写一个社区，去掉 --- 分隔线。", "Write one community in a file, without --- in between.");

    public static LocalizedText NoAnchors() => new("不支持锚点、别名和标签（& * !）。", "Anchors, aliases and tags (& * !) are not taken.");

    public static LocalizedText WriteItOut() => new("把内容完整写出；以 & * ! 开头的文字加引号。", "Write the content out; put a text that begins with & * ! in quotes.");

    public static LocalizedText KeyIsNoText() => new("键必须是文字。", "A key must be a text.");

    public static LocalizedText DuplicateKey(string key) => new($"“{key}”写了两次。", $"'{key}' is written twice.");

    public static LocalizedText RemoveOne() => new("删去其中一个。", "Remove one of them.");

    public static LocalizedText MoreProblems(int count) => new($"另有 {count} 个问题未列出。", $"{count} more problems are not listed.");

    public static LocalizedText FixFirst() => new("先改正以上问题。", "Mend those above first.");

    public static LocalizedText UnknownKey(string key) => new($"没有名为“{key}”的键。", $"There is no key '{key}' here.");

    public static LocalizedText Missing(string key) => new($"缺少 {key}。", $"{key} is missing.");

    public static LocalizedText Write(string key, string example) => new($"写 {key}: {example}。", $"Write {key}: {example}.");

    public static LocalizedText WriteText(string example) => new($"写成 {example} 这样。", $"Write it like {example}.");

    public static LocalizedText NotAMapping() => new("此处应是若干“键: 值”。", "There must be keys with values here.");

    public static LocalizedText NotAList() => new("此处应是列表。", "There must be a list here.");

    public static LocalizedText NotAValue() => new("此处应是单个值。", "There must be a single value here.");

    public static LocalizedText WriteMapping() => new("写成 key: value，每行一个。", "Write key: value, one in a line.");

    public static LocalizedText WriteList() => new("写成 [a, b]，或每行以“- ”开头。", "Write [a, b], or lines that begin with '- '.");

    public static LocalizedText WriteValue() => new("只写一个值，不要列表或缩进块。", "Write one value, no list and no indented block.");

    public static LocalizedText TooMany(int count, int most) => new($"共 {count} 项，最多 {most} 项。", $"There are {count}; at most {most} are allowed.");

    public static LocalizedText SplitOrRemove() => new("拆成几个社区，或删去一些。", "Split the community, or remove some.");

    public static LocalizedText OneOf(IEnumerable<string> names, string? nearest)
    {
        var list = string.Join(", ", names);
        return nearest is null ? new($"可写：{list}。", $"Write one of: {list}.") : new($"是否想写 {nearest}？可写：{list}。", $"Did you mean {nearest}? Write one of: {list}.");
    }
}
