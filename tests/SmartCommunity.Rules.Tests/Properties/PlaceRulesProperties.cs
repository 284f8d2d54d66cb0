using System.Buffers;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Conditions;
using SmartCommunity.Rules.Decisions;
using SmartCommunity.Rules.Tests.Support;

namespace SmartCommunity.Rules.Tests.Properties;

/// <summary>What must hold for every sequence of inputs; each is tried on many seeded lives.</summary>
public sealed class PlaceRulesProperties
{
    private const int Lives = 25;
    private const int Length = 200;

    [Fact]
    public void The_same_input_gives_equal_changes()
    {
        for (var seed = 0; seed < Lives; seed++)
        {
            var steps = Script.InOrder(seed, Length);
            ShouldTellTheSame(Play(steps), Play(steps), seed);
        }
    }

    [Fact]
    public void Lives_are_eventful()
    {
        var all = Enumerable.Range(0, Lives).SelectMany(seed => Play(Script.InOrder(seed, Length))).ToList();
        all.Select(change => change.Rule.Value).Distinct().Count().ShouldBe(Script.Rules.Length);
        all.Select(change => change.To).Distinct().ShouldBe([ConditionPhase.Active, ConditionPhase.Clearing, ConditionPhase.Cleared, ConditionPhase.Unknown], ignoreOrder: true);
    }

    [Fact]
    public void Saving_and_restoring_anywhere_changes_nothing()
    {
        for (var seed = 0; seed < Lives; seed++)
        {
            var steps = Script.InOrder(seed, Length);
            var random = new Random(seed);
            var changes = new List<ConditionChange>();
            var rules = Script.NewPlace();
            foreach (var step in steps)
            {
                step.Play(rules, changes);
                if (random.Next(4) == 0)
                {
                    rules = Reloaded(rules);
                }
            }

            ShouldTellTheSame(changes, Play(steps), seed);
        }
    }

    [Fact]
    public void Replacing_the_plan_by_the_same_one_changes_nothing()
    {
        for (var seed = 0; seed < Lives; seed++)
        {
            var steps = Script.InOrder(seed, Length);
            var changes = new List<ConditionChange>();
            var rules = Script.NewPlace();
            var other = Script.NewPlace().Plan;
            foreach (var step in steps)
            {
                step.Play(rules, changes);
                var former = rules.Plan;
                rules.Replace(other);
                other = former;
            }

            ShouldTellTheSame(changes, Play(steps), seed);
        }
    }

    [Fact]
    public void Doubled_input_changes_nothing()
    {
        for (var seed = 0; seed < Lives; seed++)
        {
            var steps = Script.InOrder(seed, Length);
            var random = new Random(seed);
            var doubled = new List<Step>();
            foreach (var step in steps)
            {
                doubled.Add(step);
                doubled.Add(step);
                // A resend of something that was said a while ago.
                doubled.AddRange(random.Next(3) == 0 && doubled.Count > 8 ? [doubled[^random.Next(1, 8)]] : []);
            }

            ShouldTellTheSame(Play(doubled), Play(steps), seed);
        }
    }

    [Fact]
    public void A_replay_without_passing_time_tells_the_same_for_every_key()
    {
        for (var seed = 0; seed < Lives; seed++)
        {
            var live = Script.InOrder(seed, Length);
            var end = new Step(100_000, Event: null, Sample: null);
            var replay = live.Where(step => step.Event is not null || step.Sample is not null);
            var start = live[0];
            var expected = ByKey(Play([.. live, end], Script.NewPatientPlace())).ToList();
            ShouldTellTheSame(ByKey(Play([start, .. replay, end], Script.NewPatientPlace())), expected, seed);
            ShouldTellTheSame(ByKey(Play([.. replay, end], Script.NewPatientPlace())), expected, seed);
        }
    }

    [Fact]
    public void Moves_follow_machine_A_key_by_key()
    {
        for (var seed = 0; seed < Lives; seed++)
        {
            var phases = new Dictionary<string, ConditionPhase>(StringComparer.Ordinal);
            foreach (var change in Play(Shuffled(Script.InOrder(seed, Length), seed)))
            {
                var before = phases.GetValueOrDefault(change.Key);
                // A suspicion is not told, so that an alarm may seem to come from it where the last that was told is an end.
                var isConsistent = change.From == before || (change.From is ConditionPhase.Suspect or ConditionPhase.Normal && !ConditionMachine.IsOpen(before));
                isConsistent.ShouldBeTrue($"seed {seed}: {change.Key} was {before}, says {change.From}→{change.To}");
                phases[change.Key] = change.To;
            }
        }
    }

    [Fact]
    public void Input_out_of_order_never_throws_and_leaves_nothing_that_is_due()
    {
        for (var seed = 0; seed < Lives; seed++)
        {
            var changes = new List<ConditionChange>();
            var rules = Script.NewPlace();
            foreach (var step in Shuffled(Script.InOrder(seed, Length), seed))
            {
                step.Play(rules, changes);
            }

            rules.Advance(Bench.At(50_000), changes);
            rules.NextDue.ShouldBeNull($"seed {seed}");
            rules.Conditions.ShouldAllBe(condition => condition.Phase == ConditionPhase.Active || condition.Phase == ConditionPhase.Unknown);
        }
    }

    private static List<ConditionChange> Play(IEnumerable<Step> steps, PlaceRules? rules = null)
    {
        var changes = new List<ConditionChange>();
        rules ??= Script.NewPlace();
        foreach (var step in steps)
        {
            step.Play(rules, changes);
        }

        return changes;
    }

    private static List<Step> Shuffled(List<Step> steps, int seed)
    {
        var random = new Random(seed);
        return [.. steps.OrderBy(step => step.At + (random.NextDouble() * 10))];
    }

    private static PlaceRules Reloaded(PlaceRules rules)
    {
        var buffer = new ArrayBufferWriter<byte>();
        rules.Save(buffer);
        var restored = Script.NewPlace();
        restored.Restore(buffer.WrittenSpan);
        return restored;
    }

    private static void ShouldTellTheSame(IEnumerable<ConditionChange> actual, IEnumerable<ConditionChange> expected, int seed)
    {
        var pairs = actual.Select(Script.Tell).Append("end").Zip(expected.Select(Script.Tell).Append("end"));
        foreach (var ((said, meant), index) in pairs.Select((pair, index) => (pair, index)))
        {
            (said == meant).ShouldBeTrue($"seed {seed}, change {index}:\n{said}\ninstead of\n{meant}");
        }
    }

    private static IEnumerable<ConditionChange> ByKey(IEnumerable<ConditionChange> changes) =>
        changes.GroupBy(change => change.Key, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).SelectMany(group => group);
}
