using System.Collections.Frozen;
using System.Globalization;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Places;

namespace SmartCommunity.Rules.Texts;

/// <summary>How places are called in titles.</summary>
internal static class PlaceNames
{
    private static readonly FrozenDictionary<string, LocalizedText> Facades = new Dictionary<string, LocalizedText>(StringComparer.Ordinal)
    {
        ["south"] = new("南立面", "south façade"),
        ["north"] = new("北立面", "north façade"),
        ["east"] = new("东立面", "east façade"),
        ["west"] = new("西立面", "west façade"),
        ["southeast"] = new("东南立面", "south-east façade"),
        ["southwest"] = new("西南立面", "south-west façade"),
        ["northeast"] = new("东北立面", "north-east façade"),
        ["northwest"] = new("西北立面", "north-west façade"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static LocalizedText Facade(string name) => Facades.GetValueOrDefault(name) ?? new($"{name}立面", $"façade {name}");

    /// <summary>The building, else the zone, else the device.</summary>
    public static LocalizedText Spot(DeviceFacts device) =>
        device.Building is { } building ? device.BuildingName ?? new(building.Value, building.Value) : device.Zone?.Name ?? device.Name;

    /// <summary>As exactly as the device's own place is known: «3号楼18层1801室».</summary>
    public static LocalizedText Exact(DeviceFacts device)
    {
        if (device.Building is null)
        {
            return Spot(device);
        }

        var spot = Spot(device);
        var floor = device.Floor is { } number ? Floor(number) : new("", "");
        var unit = device.Unit is { Length: > 0 } name ? new LocalizedText($"{name}室", $", unit {name}") : new("", "");
        return new(spot.Zh + floor.Zh + unit.Zh, spot.En + floor.En + unit.En);
    }

    private static LocalizedText Floor(int number) => number < 0
        ? new(string.Create(CultureInfo.InvariantCulture, $"地下{-number}层"), string.Create(CultureInfo.InvariantCulture, $", basement {-number}"))
        : new(string.Create(CultureInfo.InvariantCulture, $"{number}层"), string.Create(CultureInfo.InvariantCulture, $", floor {number}"));
}
