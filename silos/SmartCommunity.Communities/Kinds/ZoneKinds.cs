using System.Collections.Frozen;
using System.Collections.Immutable;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Places;

namespace SmartCommunity.Communities.Kinds;

/// <summary>The kinds of zones that a community file can name.</summary>
public static class ZoneKinds
{
    /// <summary>All kinds.</summary>
    public static ImmutableArray<ZoneKindEntry> All { get; } =
    [
        new(ZoneFacts.Gate, new("出入口", "Gate")),
        new("lane", new("道路", "Lane")),
        new(ZoneFacts.FireLane, new("消防通道", "Fire lane")),
        new(ZoneFacts.Garage, new("车库", "Garage")),
        new(ZoneFacts.ParkingLot, new("停车场", "Parking lot")),
        new("bike-shed", new("非机动车棚", "Bike shed")),
        new("lobby", new("大堂", "Lobby")),
        new("lift", new("电梯", "Lift")),
        new("stairwell", new("楼梯间", "Stairwell")),
        new("roof", new("屋顶", "Roof")),
        new("equipment-room", new("设备用房", "Equipment room")),
        new("playground", new("儿童乐园", "Playground")),
        new("square", new("广场", "Square")),
        new("green", new("绿地", "Green")),
        new("water-feature", new("水景", "Water feature")),
        new("perimeter", new("围墙", "Perimeter")),
        new("waste-point", new("垃圾投放点", "Waste point")),
    ];

    private static readonly FrozenDictionary<string, ZoneKindEntry> ById = All.ToFrozenDictionary(entry => entry.Id, StringComparer.Ordinal);

    /// <summary>A kind by its id, or null.</summary>
    public static ZoneKindEntry? Find(string id) => ById.GetValueOrDefault(id);
}

/// <summary>One kind of zone.</summary>
/// <param name="Id">The name in the file, kebab-case.</param>
/// <param name="Name">What people read.</param>
public sealed record ZoneKindEntry(string Id, LocalizedText Name);
