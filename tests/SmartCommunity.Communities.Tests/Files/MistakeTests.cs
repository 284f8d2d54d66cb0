using SmartCommunity.Communities.Files;
using SmartCommunity.Communities.Tests.Support;

namespace SmartCommunity.Communities.Tests.Files;

/// <summary>Each mistake alone: one problem, at the right place, with a hint.</summary>
public sealed class MistakeTests
{
    [Theory]
    [InlineData("id: small", "id: sm all", "id", "A-Z a-z 0-9")]
    [InlineData("id: small\n", "", "id", "Write id: yunqi.")]
    [InlineData("name: {zh: 小区, en: Small}", "name: {zh: 小区}", "name.en", "Write en: Yunqi Garden.")]
    [InlineData("name: {zh: 小区, en: Small}", "name: \" \"", "name", "Write name:")]
    [InlineData("name: {zh: 小区, en: Small}\n", "", "name", "Write name:")]
    [InlineData("name: {zh: 小区, en: Small}", "name: [a]", "name", "Write one value")]
    [InlineData("timeZone: Asia/Shanghai", "timeZone: Asia/Shangai", "timeZone", "Did you mean Asia/Shanghai?")]
    [InlineData("timeZone:", "timezone:", "timezone", "Did you mean timeZone?")]
    [InlineData("id: g2, name: 二网格, worker: wang", "id: g2, name: 二网格, worker: wan", "grids[1].worker", "Did you mean wang?")]
    [InlineData("id: g2, name: 二网格, worker: wang", "id: g2, name: 二网格", "grids[1].worker", "Write worker:")]
    [InlineData("id: g2, name: 二网格, worker: wang", "id: g2, name: 二网格, worker: li", "grids[1].worker", "role grid-worker", 2)]
    [InlineData("id: wang, name: 王, roles: [grid-worker]", "id: wang, name: 王, roles: [grid-worker], grids: [g1]", "grids[1].worker", "Add g2 to their grids")]
    [InlineData("id: b2,", "id: b1,", "buildings[1].id", "Write another id")]
    [InlineData("id: b2,", "id: g1,", "buildings[1].id", "Write another id")]
    [InlineData("grid: g2, floors: 6", "grid: g3, floors: 6", "buildings[1].grid", "Did you mean g1?")]
    [InlineData("floors: 6", "floors: 201", "buildings[1].floors", "Write a value from 1 to 200.")]
    [InlineData("floors: 6", "floors: six", "buildings[1].floors", "Write a value from 1 to 200.")]
    [InlineData(", floors: 6", "", "buildings[1].floors", "Write floors: 18.")]
    [InlineData("floors: 6", "flors: 6", "buildings[1].floors", "Write floors: 18.", 2)]
    [InlineData("facades: [south, north]", "facades: [south, 北面]", "buildings[0].facades[1]", "south")]
    [InlineData("facades: [south, north]", "facades: [south, [north]]", "buildings[0].facades[1]", "Write one value")]
    [InlineData("kind: lobby", "kind: loby", "zones[1].kind", "Did you mean lobby?")]
    [InlineData("parkingGrace: 2m", "parkingGrace: 2", "zones[0].parkingGrace", "90s, 5m, 2h or 1d")]
    [InlineData("parkingGrace: 2m", "parkingGrace: 8d", "zones[0].parkingGrace", "from 0s to 7d")]
    [InlineData("name: 大堂, building: b1", "name: 大堂", "zones[1].grid", "Write building, zone or grid.", 1)]
    [InlineData("name: 大堂, building: b1", "name: 大堂, building: b1, grid: g2", "zones[1].grid", "Leave grid out")]
    [InlineData("kind: people-counter", "kind: peoplecounter", "devices[3].kind", "Did you mean people-counter?")]
    [InlineData("id: d4,", "id: d1,", "devices[3].id", "Write another id")]
    [InlineData("zone: z-lobby", "zone: z-loby", "devices[3].zone", "Did you mean z-lobby?")]
    [InlineData("zone: z-lobby", "zone: z-lobby, building: b2", "devices[3].building", "Leave building out")]
    [InlineData("name: 计数, zone: z-lobby", "name: 计数", "devices[3].grid", "Write building, zone or grid.")]
    [InlineData("floor: -2", "floor: -3", "devices[0].floor", "Write -2 to -1, or 1 to 18.")]
    [InlineData("floor: -2", "floor: 0", "devices[0].floor", "Write -2 to -1, or 1 to 18.")]
    [InlineData("floor: -2", "floor: 19", "devices[0].floor", "Write -2 to -1, or 1 to 18.")]
    [InlineData("facade: south,", "facade: suoth,", "devices[2].facade", "Did you mean south?")]
    [InlineData("zone: z-gate}", "zone: z-gate, floor: 1}", "devices[1].floor", "Write building, or leave floor out.")]
    [InlineData("unit: \"101\"", "unit: \"\"", "devices[0].unit", "1801")]
    [InlineData("silentAfter: 5m", "silentAfter: 1s", "devices[2].silentAfter", "from 10s to 31d")]
    [InlineData("silentAfter: 5m", "silentafter: 5m", "devices[2].silentafter", "Did you mean silentAfter?")]
    [InlineData("roles: [duty-officer, checker]", "roles: []", "people[1].roles", "Write at least one of: grid-worker")]
    [InlineData("roles: [duty-officer, checker]", "roles: [duty-oficer, checker]", "people[1].roles[0]", "Did you mean duty-officer?")]
    [InlineData("roles: [duty-officer, checker]", "roles: [system]", "people[1].roles[0]", "Write one of: grid-worker")]
    [InlineData("grids: [g1]}\nrules", "grids: [g9]}\nrules", "people[1].grids[0]", "Did you mean g1?")]
    [InlineData("policy: falling-object", "policy: falling-objects", "rules[0].policy", "Did you mean falling-object?")]
    [InlineData("severity: P1", "severity: high", "rules[0].severity", "Write one of: P0, P1, P2, P3.")]
    [InlineData("dispatch: manual", "dispatch: auto", "rules[0].dispatch", "Write one of: automatic, manual.")]
    [InlineData("with: {window: 2m}", "with: {windw: 2m}", "rules[0].with.windw", "Did you mean window?")]
    [InlineData("with: {window: 2m}", "with: {window: 2 minutes}", "rules[0].with.window", "Write it like 90s")]
    [InlineData("deviceKinds: [falling-object-camera]", "deviceKinds: [camera]", "rules[0].where.deviceKinds[0]", "Write one of: falling-object-camera")]
    [InlineData("buildings: [b1]", "buildings: [b7]", "rules[0].where.buildings[0]", "Did you mean b1?")]
    [InlineData("buildings: [b1]", "building: [b1]", "rules[0].where.building", "Did you mean buildings?")]
    [InlineData("enabled: false", "enabled: maybe", "rules[1].enabled", "Write true or false.")]
    [InlineData("above: 40", "abve: 40", "rules[1].with.abve", "Did you mean above?")]
    [InlineData("id: gas-only", "id: hot", "rules[2].id", "Write another id")]
    [InlineData("kinds: [gas, co]", "kinds: [gas, smok]", "rules[2].with.kinds", "Did you mean smoke?")]
    [InlineData("  - {id: d2, kind: gate-camera, name: 相机, zone: z-gate}", "  - d2", "devices[1]", "key: value")]
    [InlineData("id: small\n", "id: small\nid: other\n", "id", "Remove one of them.")]
    [InlineData("grid: g2, floors: 6", "grid: g2, floors: 6, grid: g1", "buildings[1].grid", "Remove one of them.")]
    public void A_mistake_is_found_where_it_is(string text, string replacement, string path, string hint, int count = 1)
    {
        var result = CommunityFile.Parse(SmallFile.With(text, replacement));

        result.Community.ShouldBeNull();
        result.Problems.Count.ShouldBe(count, string.Join('\n', result.Problems));
        var problem = result.Problems.FirstOrDefault(problem => problem.Path == path).ShouldNotBeNull(string.Join('\n', result.Problems));
        problem.Hint.ShouldContain(hint);
        problem.Line.ShouldNotBeNull();
        problem.What.Zh.ShouldEndWith("。");
        problem.Advice.Zh.ShouldNotBeEmpty();
    }

    [Fact]
    public void Line_and_column_are_those_of_the_value()
    {
        var problem = CommunityFile.Parse(SmallFile.With("zone: z-lobby", "zone: z-loby")).Problems.ShouldHaveSingleItem();
        (problem.Line, problem.Column).ShouldBe((17, 52));
        problem.Message.ShouldBe("There is no zone 'z-loby'. (line 17, column 52)");
    }

    [Fact]
    public void Twenty_mistakes_give_twenty_problems()
    {
        var file = """
            id: yun qi
            nam: x
            timeZone: Mars/Base
            grids: [{id: g1, name: a, worker: nobody}, {id: g1, name: "", worker: p1}]
            buildings: [{id: b1, name: b, grid: gx, floors: 0}, {id: b2, name: b, grid: g1, floors: 9, facades: [s]}]
            zones: [{id: z1, kind: moat, name: z, grid: g1}, {id: z2, kind: gate, name: z, grid: g1, parkingGrace: soon}]
            devices:
              - {id: d1, kind: toaster, name: d, building: b2, floor: 10}
              - {id: d2, kind: water-meter, name: d, building: b2, facade: n}
              - {id: d2, kind: water-meter, name: d, grid: g1, silentAfter: 100d}
            people: [{id: p1, name: p, roles: [grid-worker, king]}, {id: p2, name: p}]
            rules: [{id: r1, policy: threshold, with: {metric: temperature}}, {id: r2, policy: door, with: {held-for: 1s}}]
            """;
        var problems = CommunityFile.Parse(file).Problems;
        problems.Select(problem => problem.Path).ShouldBe(
        [
            "id", "name", "nam", "timeZone", "grids[0].worker", "grids[1].id", "grids[1].name", "buildings[0].grid", "buildings[0].floors", "zones[0].kind",
            "zones[1].parkingGrace", "devices[0].kind", "devices[0].floor", "devices[1].facade", "devices[2].id", "devices[2].silentAfter", "people[0].roles[1]",
            "people[1].roles", "rules[0].with", "rules[1].with.held-for",
        ], ignoreOrder: true, string.Join('\n', problems));
        problems.ShouldAllBe(problem => problem.Line > 0 && problem.Hint.Length > 0);
        problems.Select(problem => problem.Line!.Value).ShouldBe(problems.Select(problem => problem.Line!.Value).Order());
    }
}
