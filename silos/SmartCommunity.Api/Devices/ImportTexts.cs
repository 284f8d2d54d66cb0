using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Api.Devices;

/// <summary>What is said of an import that does not fit.</summary>
internal static class ImportTexts
{
    public static LocalizedText BadRow { get; } = new("引号不成对，或格式有误", "has an unpaired quote or is malformed");

    public static LocalizedText BadRowHint { get; } = new("单元格中的引号写两次：\"\"", "write a quote within a cell twice: \"\"");

    public static LocalizedText NoHeader { get; } = new("没有表头", "there is no header line");

    public static LocalizedText TwiceHint { get; } = new("每台设备只写一行", "one line per device");

    public static LocalizedText FloorHint { get; } = new("整数，地下为负", "a whole number, negative below ground");

    public static LocalizedText HeaderHint(IEnumerable<string> columns)
    {
        var list = string.Join(",", columns);
        return new($"第一行应为列名：{list}", $"the first line names columns of: {list}");
    }

    public static LocalizedText UnknownColumn(string name) => new($"没有“{name}”这一列", $"there is no column '{name}'");

    public static LocalizedText MissingColumn(string name) => new($"缺少“{name}”列", $"the column '{name}' is missing");

    public static LocalizedText TooManyRows(int limit) => new($"一次最多导入 {limit} 台，请分批", $"at most {limit} devices at once; split the file");

    public static LocalizedText Twice(string id) => new($"设备“{id}”出现两次", $"device '{id}' is there twice");

    public static LocalizedText CellCount(int actual, int expected) => new($"有 {actual} 格，表头有 {expected} 列", $"has {actual} cells, the header has {expected}");

    public static LocalizedText NotAFloor(string text) => new($"“{text}”不是楼层", $"'{text}' is not a floor");
}
