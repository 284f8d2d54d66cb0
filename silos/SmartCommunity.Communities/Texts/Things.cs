using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Communities.Texts;

/// <summary>What the things that a file refers to are called.</summary>
internal static class Things
{
    public static readonly LocalizedText Grid = new("网格", "grid");
    public static readonly LocalizedText Building = new("楼栋", "building");
    public static readonly LocalizedText Zone = new("区域", "zone");
    public static readonly LocalizedText Device = new("设备", "device");
    public static readonly LocalizedText Person = new("人员", "person");
    public static readonly LocalizedText DeviceKind = new("设备类型", "device kind");
    public static readonly LocalizedText ZoneKind = new("区域类型", "zone kind");
    public static readonly LocalizedText Role = new("角色", "role");
    public static readonly LocalizedText Severity = new("级别", "severity");
    public static readonly LocalizedText Dispatch = new("派遣方式", "way of dispatch");
}
