using SmartCommunity.Events;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Grains.Tests.Hosting;

/// <summary>One grid, one building, one lane.</summary>
internal static class SmallCommunity
{
    public const string Id = "small";

    public const string Yaml = """
        id: small
        name: 小区
        grids:
          - { id: g1, name: 第一网格, worker: li-wei }
        buildings:
          - { id: b1, name: 1号楼, grid: g1, floors: 18, unitsPerFloor: 4, facades: [south, north] }
        zones:
          - { id: lane1, name: 消防通道, grid: g1, kind: fire-lane }
        devices:
          - { id: cam-south, kind: falling-object-camera, name: 南立面相机, building: b1, facade: south }
          - { id: smoke-1, kind: smoke-detector, name: 烟感, building: b1, floor: 3, unit: "301" }
          - { id: env-1, kind: environment-sensor, name: 环境, building: b1, floor: 1 }
          - { id: lane-cam, kind: parking-camera, name: 通道相机, grid: g1, zone: lane1 }
        people:
          - { id: li-wei, name: 李伟, roles: [grid-worker], grids: [g1] }
          - { id: wang-qiang, name: 王强, roles: [handler] }
          - { id: zhao-min, name: 赵敏, roles: [duty-officer] }
          - { id: sun-li, name: 孙丽, roles: [checker] }
        rules:
          - { id: falling, policy: falling-object }
          - { id: parking, policy: illegal-parking }
          - { id: alarm, policy: smoke-gas }
          - { id: hot, policy: threshold, severity: P2, with: { metric: temperature, above: "45", for: 2m } }
          - { id: offline, policy: device-offline }
        """;

    public static DeviceId Camera { get; } = DeviceId.Parse("cam-south");

    public static DeviceId Environment { get; } = DeviceId.Parse("env-1");

    public static DeviceId LaneCamera { get; } = DeviceId.Parse("lane-cam");

    public static EventBatch Throw(DateTimeOffset at, string id = "", int column = 2) => new()
    {
        ReceivedAt = at,
        Events = [new() { Id = id, Device = Camera, Kind = EventKind.FallingObject, Time = at, Confidence = 0.93, Data = EventData.FromObject(new { column }) }],
    };

    public static EventBatch Temperature(DateTimeOffset at, double value) => new() { ReceivedAt = at, Samples = [new(Environment, "temperature", at, value)] };
}
