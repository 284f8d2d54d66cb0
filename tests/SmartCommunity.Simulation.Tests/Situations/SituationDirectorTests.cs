using SmartCommunity.Simulation.Situations;

namespace SmartCommunity.Simulation.Tests.Situations;

public sealed class SituationDirectorTests
{
    private static readonly DirectorOptions Options = new() { Interval = TimeSpan.FromSeconds(30), Rest = TimeSpan.Zero };

    [Fact]
    public void Situations_come_at_the_rate_that_was_asked_for()
    {
        var starts = Starts(Play(1, Options, TimeSpan.FromHours(2)));
        starts.Count.ShouldBeInRange(220, 245);
        var gaps = starts.Zip(starts.Skip(1), (left, right) => (right.At - left.At).TotalSeconds).ToList();
        gaps.ShouldAllBe(gap => gap >= 20);
        starts.Select(step => step.Situation.Kind).Distinct().Count().ShouldBeGreaterThanOrEqualTo(10);
    }

    [Fact]
    public void The_same_seed_gives_the_same_play_and_another_seed_another()
    {
        var first = Text(Play(1, Options, TimeSpan.FromMinutes(20)));
        Text(Play(1, Options, TimeSpan.FromMinutes(20))).ShouldBe(first);
        Text(Play(2, Options, TimeSpan.FromMinutes(20))).ShouldNotBe(first);
    }

    [Fact]
    public void The_play_does_not_depend_on_how_often_the_director_looks()
    {
        var often = Text(Until19(Play(1, Options, TimeSpan.FromMinutes(20), TimeSpan.FromMilliseconds(200))));
        var seldom = Text(Until19(Play(1, Options, TimeSpan.FromMinutes(20), TimeSpan.FromSeconds(5))));
        seldom.Order(StringComparer.Ordinal).ShouldBe(often.Order(StringComparer.Ordinal));

        // The last looks are at different times.
        static IEnumerable<DirectedStep> Until19(IEnumerable<DirectedStep> steps) => steps.Where(step => step.At < TestCommunity.Morning.AddMinutes(19));
    }

    [Fact]
    public void A_device_is_in_one_situation_at_a_time_and_then_has_its_rest()
    {
        var rest = TimeSpan.FromMinutes(1);
        var free = new Dictionary<string, DateTimeOffset>();
        foreach (var step in Starts(Play(3, Options with { Interval = TimeSpan.FromSeconds(3), Rest = rest }, TimeSpan.FromHours(1))))
        {
            var device = step.Situation.Site.Id.Value;
            step.At.ShouldBeGreaterThanOrEqualTo(free.GetValueOrDefault(device));
            free[device] = step.At + step.Situation.Duration + rest;
        }

        free.Count.ShouldBeGreaterThan(10);
    }

    [Fact]
    public void Steps_come_in_order_from_a_first_to_a_last()
    {
        var steps = Play(4, Options, TimeSpan.FromHours(1));
        steps.Select(step => step.At).ShouldBeInOrder();
        foreach (var situation in steps.GroupBy(step => step.Situation).Where(group => group.Any(step => step.IsLast)))
        {
            situation.Count().ShouldBe(situation.Key.Steps.Length);
            situation.First().IsFirst.ShouldBeTrue();
            situation.Last().IsLast.ShouldBeTrue();
            situation.Count(step => step.IsFirst || step.IsLast).ShouldBe(2);
        }
    }

    [Fact]
    public void Nothing_happens_by_itself_at_interval_zero_and_only_what_was_asked_for_otherwise()
    {
        Play(1, Options with { Interval = TimeSpan.Zero }, TimeSpan.FromMinutes(10)).ShouldBeEmpty();
        Starts(Play(1, Options with { Kinds = ["duress", "gas"] }, TimeSpan.FromHours(1)))
            .Select(step => step.Situation.Kind).Distinct().Order().ShouldBe(["duress", "gas"]);
        var wrong = new DirectorOptions { Kinds = ["earthquake"] };
        Should.Throw<ArgumentException>(() => new SituationDirector(TestCommunity.World(), wrong)).Message.ShouldContain("earthquake");
    }

    private static List<DirectedStep> Play(ulong seed, DirectorOptions options, TimeSpan duration, TimeSpan? tick = null)
    {
        var director = new SituationDirector(TestCommunity.World(seed), options);
        var steps = new List<DirectedStep>();
        var end = TestCommunity.Morning + duration;
        for (var time = TestCommunity.Morning; time < end; time += tick ?? TimeSpan.FromSeconds(1)) steps.AddRange(director.Step(time));
        return steps;
    }

    private static List<DirectedStep> Starts(IEnumerable<DirectedStep> steps) => [.. steps.Where(step => step.IsFirst)];

    private static List<string> Text(IEnumerable<DirectedStep> steps) =>
        [.. steps.Select(step => $"{step.At:O} {step.Situation.Site.Id} {(step.Act is DeviceAct.Say say ? say.Make(step.At).ToString() : "")}")];
}
