using System.Collections.Immutable;
using SmartCommunity.Communities.Model;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Incidents.People;

namespace SmartCommunity.Api.Tests.Support;

/// <summary>Two small communities: «willow» with someone in every role, and «maple», of which the people of willow may know nothing.</summary>
internal static class SampleCommunity
{
    public static Community Willow { get; } = new()
    {
        Id = CommunityId.Parse("willow"),
        Name = new("柳岸社区", "Willow Bank"),
        Grids = [Grid("w-g1", "第一网格", "worker"), Grid("w-g2", "第二网格", "worker2")],
        Buildings = [Building("w-b1", "1 号楼", "w-g1"), Building("w-b2", "2 号楼", "w-g1"), Building("w-b3", "3 号楼", "w-g2")],
        Zones = [new(ZoneId.Parse("w-lane"), new("东消防通道", "East fire lane"), GridId.Parse("w-g1"), "fire-lane", null, TimeSpan.FromMinutes(2))],
        Devices =
        [
            Device("w-cam1", "falling-object-camera", "1 号楼南立面摄像机", "w-g1", "w-b1") with { Facade = "south" },
            Device("w-smoke1", "smoke-detector", "1 号楼烟感", "w-g1", "w-b1") with { Floor = 3, Unit = "0302" },
            Device("w-door2", "door-controller", "2 号楼单元门", "w-g1", "w-b2") with { Floor = 1 },
            Device("w-lane-cam", "parking-camera", "消防通道摄像机", "w-g1", null) with { Zone = ZoneId.Parse("w-lane") },
            Device("w-env", "environment-sensor", "广场环境传感器", "w-g2", null),
        ],
        People =
        [
            Person("admin", "系统管理员", Role.Administrator), Person("manager", "物业经理", Role.PropertyManager), Person("worker", "王网格", Role.GridWorker),
            Person("worker2", "李网格", Role.GridWorker), Person("officer", "赵值班", Role.DutyOfficer), Person("acceptor", "钱受理", Role.Acceptor),
            Person("dispatcher", "孙派遣", Role.Dispatcher), Person("handler", "周处置", Role.Handler), Person("checker", "吴核查", Role.Checker),
            Person("resident", "郑居民", Role.Resident),
        ],
    };

    public static Community Maple { get; } = new()
    {
        Id = CommunityId.Parse("maple"),
        Name = new("枫林社区", "Maple Wood"),
        Grids = [Grid("m-g1", "枫林网格", "outsider")],
        Buildings = [Building("m-b1", "枫林 1 号楼", "m-g1")],
        Devices = [Device("m-smoke", "smoke-detector", "枫林烟感", "m-g1", "m-b1")],
        People = [Person("outsider", "外人", Role.GridWorker), Person("m-manager", "枫林经理", Role.PropertyManager)],
    };

    private static Grid Grid(string id, string name, string worker) => new(GridId.Parse(id), new(name, id), PersonId.Parse(worker));

    private static Building Building(string id, string name, string grid) =>
        new(BuildingId.Parse(id), new(name, id), GridId.Parse(grid), 18, 1, 4, ["south", "north"]);

    private static Device Device(string id, string kind, string name, string grid, string? building) => new()
    {
        Id = DeviceId.Parse(id),
        Kind = kind,
        Name = new(name, id),
        Grid = GridId.Parse(grid),
        Building = building is null ? null : BuildingId.Parse(building),
    };

    private static Person Person(string id, string name, Role role) => new(PersonId.Parse(id), name, ImmutableArray.Create(role), []);
}
