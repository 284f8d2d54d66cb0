using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Decisions;
using SmartCommunity.Simulation.Payloads;
using SmartCommunity.Simulation.Randomness;
using SmartCommunity.Simulation.Situations;
using SmartCommunity.Simulation.World;

namespace SmartCommunity.Simulation.Tests.Situations;

public sealed class GroundTruthTests
{
    public static TheoryData<string> Kinds() => [.. SituationCatalogue.All.Select(entry => entry.Kind)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_rules_raise_what_the_truth_says_when_it_says_and_nothing_else(string kind)
    {
        var entry = SituationCatalogue.Find(kind)!;
        var world = TestCommunity.World();
        var sites = world.Sites.Where(site => entry.CanHappen(site, world.Rules)).ToList();
        sites.ShouldNotBeEmpty();
        foreach (var site in sites)
        {
            for (ulong seed = 0; seed < 15; seed++)
            {
                var situation = entry.Write(site, world.Rules, new SeededRandom(seed));
                Check(situation, $"{kind} at {site.Id}, seed {seed}");
            }
        }
    }

    [Fact]
    public void Ordinary_life_raises_nothing()
    {
        var world = TestCommunity.World(77);
        var start = TestCommunity.Morning;
        var stage = new RuleStage(start, [.. world.Sites]);
        var devices = world.Sites.Select(site => (Site: site, Model: world.ModelOf(site), Random: world.RandomOf(site))).ToList();
        for (var time = start; time < start.AddHours(2); time += TimeSpan.FromSeconds(15))
        {
            foreach (var (site, model, random) in devices)
            {
                foreach (var message in model.Step(time, random)) stage.Say(site, message, time);
            }
        }

        stage.Raised.Select(change => change.Key).ShouldBeEmpty();
    }

    [Fact]
    public void A_script_is_the_same_for_the_same_seed_and_new_events_have_new_ids()
    {
        var world = TestCommunity.World();
        var entry = SituationCatalogue.Find("falling-object")!;
        var site = world.Sites.First(candidate => entry.CanHappen(candidate, world.Rules));
        var first = Said(entry.Write(site, world.Rules, new SeededRandom(5)), TestCommunity.Morning);
        Said(entry.Write(site, world.Rules, new SeededRandom(5)), TestCommunity.Morning).ShouldBe(first);
        var later = Said(entry.Write(site, world.Rules, new SeededRandom(5)), TestCommunity.Morning.AddMinutes(10));
        later.Intersect(first).ShouldBeEmpty();
        first.Concat(later).Select(text => text[..60]).ShouldBeUnique();
    }

    private static void Check(Situation situation, string what)
    {
        var start = TestCommunity.Morning;
        var stage = new RuleStage(start.AddMinutes(-1), situation.Site);
        stage.Say(situation.Site, NativePayload.Telemetry(start, ("signal", -70)), start);
        foreach (var step in situation.Steps)
            stage.Act(new DirectedStep(situation, start + step.At, step.Act, IsFirst: false, IsLast: false));
        var end = start + situation.Duration;
        stage.Say(situation.Site, NativePayload.Telemetry(end, ("signal", -70)), end);
        stage.Pass(end.AddSeconds(1));

        var raised = stage.Raised.ToList();
        raised.Count.ShouldBe(situation.Expected.Length, $"{what}: {string.Join(", ", raised.Select(change => $"{change.Key} at {change.At - start}"))}");
        foreach (var expected in situation.Expected)
        {
            var change = raised.SingleOrDefault(candidate => Matches(candidate, expected)).ShouldNotBeNull($"{what}: {expected}; raised {raised[0].Key}");
            change.Severity.ShouldBe(expected.Severity, what);
            change.At.ShouldBeInRange(start + expected.DueAt, start + expected.DueAt + TimeSpan.FromSeconds(1), what);
            CheckRest(stage, change, expected, end, what);
        }
    }

    private static void CheckRest(RuleStage stage, ConditionChange raised, ExpectedIncident expected, DateTimeOffset end, string what)
    {
        stage.Changes.Where(change => change.Key == raised.Key).Sum(change => change.Events.Count).ShouldBeGreaterThanOrEqualTo(expected.Events, what);
        raised.Devices.ShouldContain(device => device.Id == expected.Device && device.Grid == expected.Grid && device.Building == expected.Building, what);
        // Holds are at most a minute; by then what recovers has recovered.
        stage.Pass(end.AddMinutes(2));
        var cleared = stage.Changes.Any(change => change.Key == raised.Key && change.To is ConditionPhase.Cleared or ConditionPhase.Normal);
        if (expected.Recovers) cleared.ShouldBeTrue(what);
    }

    private static bool Matches(ConditionChange change, ExpectedIncident expected) =>
        change.Kind == expected.Kind && change.Severity == expected.Severity && change.Key.Contains($"/{expected.KeyHint}", StringComparison.Ordinal);

    private static List<string> Said(Situation situation, DateTimeOffset start) =>
        [.. situation.Steps.Where(step => step.Act is DeviceAct.Say).Select(step => ((DeviceAct.Say)step.Act).Make(start + step.At).ToString())];
}
