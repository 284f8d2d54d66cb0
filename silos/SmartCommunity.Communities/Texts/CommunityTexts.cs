using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Communities.Texts;

/// <summary>What can be wrong with what a community file says, and what to write instead.</summary>
internal static class CommunityTexts
{
    public static LocalizedText NotAnId(string value) => new($"“{value}”不是合法的标识。", $"'{value}' is no id.");

    public static LocalizedText WriteId() => new("写 1 到 64 个字符：A-Z a-z 0-9 . _ -。", "Write 1 to 64 characters of A-Z a-z 0-9 . _ -.");

    public static LocalizedText DuplicateId(string id, string firstPath) => new($"{id} 已在 {firstPath} 用过。", $"{id} is already used at {firstPath}.");

    public static LocalizedText WriteOtherId() => new("换一个标识；网格、楼栋和区域的标识也不能相互重复。", "Write another id; grids, buildings and zones may not share one either.");

    public static LocalizedText NoName() => new("名称是空的。", "The name is empty.");

    public static LocalizedText NameTooLong(int most) => new($"名称超过 {most} 个字符。", $"The name has more than {most} characters.");

    public static LocalizedText WriteName() => new("写 name: 云栖花园，或 name: {zh: 云栖花园, en: Yunqi Garden}。", "Write name: Yunqi Garden, or name: {zh: 云栖花园, en: Yunqi Garden}.");

    public static LocalizedText ShortenName() => new("写短一些。", "Write a shorter one.");

    public static LocalizedText NotANumber(string value) => new($"“{value}”不是整数。", $"'{value}' is no whole number.");

    public static LocalizedText OutOfRange(string value, string least, string most) =>
        new($"{value} 超出 {least} 到 {most} 的范围。", $"{value} is not between {least} and {most}.");

    public static LocalizedText WriteBetween(string least, string most) => new($"写 {least} 到 {most} 之间的值。", $"Write a value from {least} to {most}.");

    public static LocalizedText NotADuration(string value) => new($"“{value}”不是时长。", $"'{value}' is no duration.");

    public static LocalizedText WriteDuration() => new("写成 90s、5m、2h 或 1d 这样的形式。", "Write it like 90s, 5m, 2h or 1d.");

    public static LocalizedText NotYesOrNo(string value) => new($"“{value}”既不是 true 也不是 false。", $"'{value}' is neither true nor false.");

    public static LocalizedText WriteYesOrNo() => new("写 true 或 false。", "Write true or false.");

    public static LocalizedText Unknown(LocalizedText what, string value) => new($"没有标识为“{value}”的{what.Zh}。", $"There is no {what.En} '{value}'.");

    public static LocalizedText Defined(LocalizedText what, string? nearest) => nearest is null
        ? new($"写一个在本文件中定义的{what.Zh}。", $"Write a {what.En} that this file defines.")
        : new($"是否想写 {nearest}？", $"Did you mean {nearest}?");

    public static LocalizedText NotOneOf(LocalizedText what, string value) => new($"“{value}”不是可用的{what.Zh}。", $"'{value}' is no {what.En}.");

    public static LocalizedText UnknownTimeZone(string value) => new($"没有名为“{value}”的时区。", $"There is no time zone '{value}'.");

    public static LocalizedText WriteTimeZone(string? nearest) => nearest is null
        ? new("写 IANA 时区名，例如 Asia/Shanghai。", "Write an IANA time zone, for example Asia/Shanghai.")
        : new($"是否想写 {nearest}？", $"Did you mean {nearest}?");

    public static LocalizedText NoGrid() => new("没有任何网格。", "There is no grid.");

    public static LocalizedText WriteGrid() => new("写 grids: [{id: g1, name: 第一网格, worker: …}]。", "Write grids: [{id: g1, name: Grid 1, worker: …}].");

    public static LocalizedText NotAGridWorker(string person) => new($"{person} 没有 grid-worker 角色。", $"{person} has not the role grid-worker.");

    public static LocalizedText GiveRole() => new("给此人加上 grid-worker 角色，或换一个人。", "Give them the role grid-worker, or write another person.");

    public static LocalizedText WorkerElsewhere(string person, string grid) => new($"{person} 负责的网格里没有 {grid}。", $"{person} does not serve the grid {grid}.");

    public static LocalizedText AddGrid(string grid) => new($"在此人的 grids 里加上 {grid}，或把 grids 留空。", $"Add {grid} to their grids, or leave grids out.");

    public static LocalizedText NoPlace() => new("不知道属于哪个网格。", "It is not known in which grid this is.");

    public static LocalizedText WritePlace() => new("写 building、zone 或 grid。", "Write building, zone or grid.");

    public static LocalizedText OtherGrid(string grid, string place, string placeGrid) =>
        new($"{place} 在网格 {placeGrid}，不在 {grid}。", $"{place} is in the grid {placeGrid}, not in {grid}.");

    public static LocalizedText OtherBuilding(string building, string zone, string zoneBuilding) =>
        new($"区域 {zone} 属于 {zoneBuilding}，不属于 {building}。", $"The zone {zone} belongs to {zoneBuilding}, not to {building}.");

    public static LocalizedText LeaveOut(string key) => new($"去掉 {key}，或改成一致。", $"Leave {key} out, or make them agree.");

    public static LocalizedText NoSuchFacade(string facade, string building) => new($"{building} 没有立面“{facade}”。", $"{building} has no façade '{facade}'.");

    public static LocalizedText NoSuchFloor(int floor, string building, int basements, int floors) => new(
        $"{building} 没有 {floor} 层：地下 {basements} 层，地上 {floors} 层。", $"{building} has no floor {floor}: it has {basements} below and {floors} above ground.");

    public static LocalizedText WriteFloor(int basements, int floors) => basements == 0
        ? new($"写 1 到 {floors}。", $"Write 1 to {floors}.")
        : new($"写 -{basements} 到 -1，或 1 到 {floors}。", $"Write -{basements} to -1, or 1 to {floors}.");

    public static LocalizedText NeedsBuilding(string key) => new($"有 {key} 却没有 building。", $"There is {key} but no building.");

    public static LocalizedText WriteBuilding(string key) => new($"写 building，或去掉 {key}。", $"Write building, or leave {key} out.");

    public static LocalizedText NoRole() => new("没有任何角色。", "There is no role.");

    public static LocalizedText WriteRole(string list) => new($"至少写一个：{list}。", $"Write at least one of: {list}.");

    public static LocalizedText NotUnit(string value) => new($"“{value}”不是户号。", $"'{value}' is no unit.");

    public static LocalizedText WriteUnit() => new("写 1 到 16 个字符，例如 1801。", "Write 1 to 16 characters, for example 1801.");
}
