using SmartCommunity.Events.Ids;

namespace SmartCommunity.Host.Tests.Support;

/// <summary>A community file of one building, with the cameras and people that a test names.</summary>
internal static class SmallCommunity
{
    public static CommunityId Id { get; } = CommunityId.Parse("small");

    public static string Yaml(params string[] cameras) =>
        $$"""
        id: small
        name: {zh: 小区, en: Small}
        timeZone: Asia/Shanghai
        grids:
          - {id: g1, name: {zh: 网格, en: Grid}, worker: zhang}
        people:
          - {id: zhang, name: 张, roles: [grid-worker], grids: [g1]}
          - {id: li, name: 李, roles: [duty-officer]}
        rules:
          - {id: falling-object, policy: falling-object}
        buildings:
          - {id: b1, name: {zh: 1号楼, en: Building 1}, grid: g1, floors: 6, basements: 0, unitsPerFloor: 2, facades: [south]}
        devices:
        {{string.Join('\n', cameras.Select(camera => $"  - {{id: {camera}, kind: falling-object-camera, name: {{zh: 摄像机, en: Camera}}, building: b1, facade: south}}"))}}
        """;
}
