using SmartCommunity.Simulation.Scenarios;

namespace SmartCommunity.Simulation.Tests.Scenarios;

public sealed class ScenarioFileTests
{
    [Fact]
    public void A_file_is_read_in_order_of_time()
    {
        var scenario = ScenarioFile.Parse("""
            name: An evening
            devices: 12
            patience: 3s
            situations:
              - {at: 1m, kind: smoke, building: b1}
              - {at: 5s, kind: duress, device: door-controller-b1}
            """);
        (scenario.Name, scenario.Devices, scenario.Patience).ShouldBe(("An evening", 12, TimeSpan.FromSeconds(3)));
        scenario.Situations.Select(entry => (entry.Kind, entry.At.TotalSeconds)).ShouldBe([("duress", 5), ("smoke", 60)]);
        scenario.Situations[0].Device!.Value.Value.ShouldBe("door-controller-b1");
        scenario.Situations[1].Building!.Value.Value.ShouldBe("b1");
    }

    [Fact]
    public void Every_mistake_is_reported_at_once_with_its_path()
    {
        var problems = Should.Throw<FormatException>(() => ScenarioFile.Parse("""
            devices: many
            colour: red
            situations:
              - {at: soon, kind: earthquake}
              - {kind: smoke, grid: "g 1"}
              - just text
              - {at: 1s}
            """)).Message.Split('\n');
        problems.Select(problem => problem.Split(": ")[0]).Order(StringComparer.Ordinal).ShouldBe(
            ["colour", "devices", "situations[0].at", "situations[0].kind", "situations[1].grid", "situations[2]", "situations[3].kind"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("- a list")]
    [InlineData("name: [")]
    [InlineData("name: no situations")]
    [InlineData("situations: []")]
    public void Something_else_is_no_scenario(string yaml) => Should.Throw<FormatException>(() => ScenarioFile.Parse(yaml)).Message.ShouldNotBeEmpty();

    [Fact]
    public void The_cast_fits_the_places_and_is_in_one_situation_at_a_time()
    {
        var scenario = ScenarioFile.Parse("""
            situations:
              - {at: 0, kind: illegal-parking, zone: lane-1}
              - {at: 1s, kind: water-leak}
              - {at: 2s, kind: water-leak}
            """);
        var cast = ScenarioCast.Choose(scenario, TestCommunity.World());
        cast[0].Situation.Site.Id.Value.ShouldBe("parking-lane-1");
        cast[1].Situation.Site.ShouldNotBe(cast[2].Situation.Site);
        ScenarioCast.Choose(scenario, TestCommunity.World()).Select(item => item.Situation.Site.Id).ShouldBe(cast.Select(item => item.Situation.Site.Id));

        var impossible = ScenarioFile.Parse("situations: [{at: 0, kind: smoke, zone: lane-1}, {at: 0, kind: duress}, {at: 1s, kind: duress}]");
        var problems = Should.Throw<FormatException>(() => ScenarioCast.Choose(impossible, TestCommunity.World())).Message.Split('\n');
        problems.Length.ShouldBe(2, "no smoke detector is in the lane, and there is one door only");
    }
}
