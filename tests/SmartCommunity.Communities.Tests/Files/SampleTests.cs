using SmartCommunity.Communities.Kinds;
using SmartCommunity.Communities.Model;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Incidents.People;
using SmartCommunity.Rules.Catalogue;
using SmartCommunity.Rules.Plans;

namespace SmartCommunity.Communities.Tests.Files;

/// <summary>The community that the demo runs on.</summary>
public sealed class SampleTests
{
    private readonly Community _community = CommunityFileTests.Read(Sample);

    public static string Sample => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "communities", "yunqi.yaml"));

    [Fact]
    public void It_is_as_large_as_it_is_said_to_be()
    {
        _community.Grids.Length.ShouldBe(3);
        _community.Buildings.Length.ShouldBe(12);
        _community.Buildings.Min(building => building.Floors).ShouldBe(6);
        _community.Buildings.Max(building => building.Floors).ShouldBe(33);
        _community.Devices.Length.ShouldBeInRange(280, 330);
        _community.Devices.Select(device => device.Kind).Distinct().Count().ShouldBeGreaterThanOrEqualTo(12);
        new[] { "gate", "lane", "fire-lane", "garage" }.ShouldBeSubsetOf(_community.Zones.Select(zone => zone.Kind));
    }

    [Fact]
    public void Eight_people_fill_the_posts_and_each_grid_has_its_own_worker()
    {
        _community.People.Length.ShouldBe(8);
        Enum.GetValues<Role>().Except([Role.System, Role.Resident]).ShouldBeSubsetOf(_community.People.SelectMany(person => person.Roles));
        _community.Grids.Select(grid => grid.Worker).ShouldBeUnique();
    }

    [Fact]
    public void Every_policy_has_a_rule_and_every_rule_watches_something()
    {
        _community.Rules.Select(rule => rule.Policy).Distinct().ShouldBe(PolicyCatalogue.All.Select(entry => entry.Id), ignoreOrder: true);
        var snapshot = new CommunitySnapshot(_community, 1);
        foreach (var rule in _community.Rules)
        {
            RulePlan.Compile([rule], snapshot.Facts.Values).WatchedDevices.ShouldBeGreaterThan(0, rule.Id.Value);
        }
    }

    [Fact]
    public void Every_place_has_devices()
    {
        var snapshot = new CommunitySnapshot(_community, 1);
        _community.Buildings.ShouldAllBe(building => snapshot.DevicesOf(building.Id).Length >= 8);
        _community.Grids.ShouldAllBe(grid => snapshot.OutdoorDevicesOf(grid.Id).Length >= 8);
    }

    [Fact]
    public void The_tables_of_kinds_are_complete()
    {
        DeviceKinds.All.Length.ShouldBeGreaterThanOrEqualTo(12);
        DeviceKinds.All.Select(entry => entry.Id).ShouldBeUnique();
        ZoneKinds.All.Select(entry => entry.Id).ShouldBeUnique();
        DeviceKinds.All.SelectMany(entry => entry.Metrics).Where(metric => Metrics.Find(metric) is null).ShouldBeEmpty();
        DeviceKinds.All.Select(entry => entry.Name).Concat(ZoneKinds.All.Select(entry => entry.Name)).ShouldAllBe(name => name.Zh.Length > 0 && name.En.Length > 0);
        DeviceKinds.Find("smoke-detector")!.Events.ShouldContain(EventKind.Smoke);
        ZoneKinds.Find("moat").ShouldBeNull();
    }
}
