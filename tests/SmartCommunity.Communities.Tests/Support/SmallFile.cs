namespace SmartCommunity.Communities.Tests.Support;

/// <summary>The smallest community that has one of everything, and ways to spoil it.</summary>
internal static class SmallFile
{
    public const string Text = """
        id: small
        name: {zh: 小区, en: Small}
        timeZone: Asia/Shanghai
        grids:
          - {id: g1, name: 一网格, worker: wang}
          - {id: g2, name: 二网格, worker: wang}
        buildings:
          - {id: b1, name: 1号楼, grid: g1, floors: 18, basements: 2, unitsPerFloor: 4, facades: [south, north]}
          - {id: b2, name: 2号楼, grid: g2, floors: 6}
        zones:
          - {id: z-gate, kind: gate, name: 大门, grid: g1, parkingGrace: 2m}
          - {id: z-lobby, kind: lobby, name: 大堂, building: b1}
        devices:
          - {id: d1, kind: smoke-detector, name: 烟感, building: b1, floor: -2, unit: "101"}
          - {id: d2, kind: gate-camera, name: 相机, zone: z-gate}
          - {id: d3, kind: falling-object-camera, name: 抛物, building: b1, facade: south, silentAfter: 5m}
          - {id: d4, kind: people-counter, name: 计数, zone: z-lobby}
        people:
          - {id: wang, name: 王, roles: [grid-worker]}
          - {id: li, name: 李, roles: [duty-officer, checker], grids: [g1]}
        rules:
          - id: throws
            policy: falling-object
            version: 3
            name: 抛物
            severity: P1
            dispatch: manual
            where: {deviceKinds: [falling-object-camera], grids: [g1], buildings: [b1]}
            with: {window: 2m}
          - id: hot
            policy: threshold
            enabled: false
            with: {metric: temperature, above: 40}
          - id: gas-only
            policy: smoke-gas
            with: {kinds: [gas, co]}
        """;

    /// <summary>The file with one text replaced, which must be there once.</summary>
    public static string With(string text, string replacement)
    {
        Text.Split(text).Length.ShouldBe(2, $"'{text}' must be in the file once");
        return Text.Replace(text, replacement, StringComparison.Ordinal);
    }
}
