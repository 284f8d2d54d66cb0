using System.Text.Json;
using SmartCommunity.Communities.Files;
using SmartCommunity.Communities.Model;
using SmartCommunity.Communities.Tests.Support;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Incidents.People;
using SmartCommunity.Rules.Definitions;

namespace SmartCommunity.Communities.Tests.Files;

public sealed class CommunityFileTests
{
    [Fact]
    public void A_right_file_is_read_whole()
    {
        var community = Read(SmallFile.Text);
        community.Name.ShouldBe(new("小区", "Small"));
        community.Grids.Select(grid => (grid.Id.Value, grid.Name.En, grid.Worker.Value)).ShouldBe([("g1", "一网格", "wang"), ("g2", "二网格", "wang")]);
        (community.Buildings[0].Floors, community.Buildings[0].Basements, community.Buildings[0].UnitsPerFloor).ShouldBe((18, 2, 4));
        community.Buildings[0].Facades.ShouldBe(["south", "north"]);
        (community.Zones[0].ParkingGrace, community.Zones[0].Grid.Value).ShouldBe((TimeSpan.FromMinutes(2), "g1"));
        community.People[1].Roles.ShouldBe([Role.DutyOfficer, Role.Checker]);

        var rule = community.Rules[0];
        (rule.Version, rule.Severity, rule.Dispatch, rule.Enabled).ShouldBe((3, Severity.P1, DispatchMode.Manual, true));
        rule.Where.DeviceKinds.ShouldBe(["falling-object-camera"]);
        rule.With["window"].ShouldBe("2m");
        community.Rules[1].Enabled.ShouldBeFalse();
        community.Rules[2].With["kinds"].ShouldBe("gas, co");
    }

    [Fact]
    public void Places_and_silence_follow_from_what_is_stated()
    {
        var community = Read(SmallFile.Text);
        community.Zones[1].Grid.Value.ShouldBe("g1");
        var devices = community.Devices.ToDictionary(device => device.Id.Value, StringComparer.Ordinal);
        (devices["d1"].Grid.Value, devices["d1"].Building?.Value, devices["d1"].Floor).ShouldBe(("g1", "b1", -2));
        (devices["d2"].Grid.Value, devices["d2"].Building).ShouldBe(("g1", null));
        (devices["d4"].Grid.Value, devices["d4"].Building?.Value).ShouldBe(("g1", "b1"));
        devices["d1"].SilentAfter.ShouldBe(TimeSpan.FromHours(1));
        devices["d2"].SilentAfter.ShouldBeNull();
        devices["d3"].SilentAfter.ShouldBe(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void What_is_written_reads_back_the_same_as_yaml_and_json()
    {
        foreach (var community in new[] { Read(SmallFile.Text), Read(SampleTests.Sample) })
        {
            var expected = JsonSerializer.Serialize(community);
            JsonSerializer.Serialize(Read(CommunityFile.Write(community))).ShouldBe(expected);
            JsonSerializer.Serialize(Read(CommunityFile.WriteJson(community))).ShouldBe(expected);
            CommunityFile.WriteJson(community).ShouldStartWith("{");
        }
    }

    [Theory]
    [InlineData("no")]
    [InlineData("null")]
    [InlineData("~")]
    [InlineData("0123")]
    [InlineData("1_000")]
    [InlineData("a: b")]
    [InlineData("# no comment")]
    [InlineData("- item")]
    [InlineData("back\\slash \"quote\" 'tick'")]
    [InlineData("tab\tand\nline")]
    [InlineData("&anchor *alias !tag")]
    [InlineData("𠮷野家🏠")]
    [InlineData(" leading and trailing ")]
    [InlineData("on-call")]
    public void Names_survive_whatever_they_look_like(string name)
    {
        var community = Read(SmallFile.Text) with { Name = new(name, "x") };
        Read(CommunityFile.Write(community)).Name.Zh.ShouldBe(name);
        Read(CommunityFile.WriteJson(community)).Name.Zh.ShouldBe(name);
    }

    [Fact]
    public void Json_may_be_indented_with_tabs_and_begin_with_a_mark()
    {
        var json = "\uFEFF" + CommunityFile.WriteJson(Read(SmallFile.Text)).Replace("  ", "\t", StringComparison.Ordinal);
        Read(json).Id.Value.ShouldBe("small");
    }

    [Fact]
    public void A_community_in_use_knows_its_devices_and_places()
    {
        var snapshot = new CommunitySnapshot(Read(SmallFile.Text), 1);
        snapshot.DevicesOf(snapshot.Community.Buildings[0].Id).Select(device => device.Id.Value).ShouldBe(["d1", "d3", "d4"], ignoreOrder: true);
        snapshot.OutdoorDevicesOf(snapshot.Community.Grids[0].Id).Select(device => device.Id.Value).ShouldBe(["d2"]);
        var facts = snapshot.Facts[snapshot.Community.Devices[0].Id];
        (facts.BuildingName!.Zh, facts.SilentAfter).ShouldBe(("1号楼", TimeSpan.FromHours(1)));
        snapshot.RuleOptions.TimeZone.BaseUtcOffset.ShouldBe(TimeSpan.FromHours(8));
        new CommunitySnapshot(snapshot.Community with { TimeZone = "Europe/Berlin" }, 2).RuleOptions.TimeZone.BaseUtcOffset.ShouldBe(TimeSpan.FromHours(1));
    }

    internal static Community Read(string file)
    {
        var result = CommunityFile.Parse(file);
        result.Problems.Select(problem => problem.ToString()).ShouldBeEmpty();
        return result.Community.ShouldNotBeNull();
    }
}
