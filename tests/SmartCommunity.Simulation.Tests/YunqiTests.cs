using SmartCommunity.Communities.Files;
using SmartCommunity.Communities.Model;
using SmartCommunity.Rules;
using SmartCommunity.Rules.Decisions;
using SmartCommunity.Rules.Plans;
using SmartCommunity.Simulation.Devices;
using SmartCommunity.Simulation.Situations;
using SmartCommunity.Simulation.World;

namespace SmartCommunity.Simulation.Tests;

/// <summary>The sample community that the demo runs on.</summary>
public sealed class YunqiTests
{
    private static readonly CommunitySnapshot Snapshot = Read();

    [Fact]
    public void Every_kind_of_device_has_a_model_of_its_own() =>
        Snapshot.Community.Devices.Select(device => device.Kind).Distinct().Except(DeviceModels.Kinds).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_situation_but_silence_can_happen_somewhere(string kind)
    {
        var world = SimulatedWorld.Of(Snapshot, 1);
        world.Sites.Count(site => SituationCatalogue.Find(kind)!.CanHappen(site, world.Rules)).ShouldBeGreaterThan(kind == "device-silent" ? -1 : 2);
    }

    [Fact]
    public void An_hour_of_ordinary_life_raises_nothing()
    {
        var world = SimulatedWorld.Of(Snapshot, 3);
        var start = TestCommunity.Morning;
        var rules = new PlaceRules(RulePlan.Compile(Snapshot.Community.Rules, Snapshot.Facts.Values));
        var changes = new List<ConditionChange>();
        rules.Advance(start, changes);
        var devices = world.Sites.Select(site => (site.Id, Model: world.ModelOf(site), Random: world.RandomOf(site))).ToList();
        for (var time = start; time < start.AddHours(1); time += TimeSpan.FromSeconds(30))
        {
            foreach (var (id, model, random) in devices)
            {
                foreach (var message in model.Step(time, random))
                {
                    var batch = Decoding.Decode(id, message, time);
                    foreach (var item in batch.Events) rules.Observe(item, changes);
                    foreach (var sample in batch.Samples) rules.Observe(in sample, changes);
                }
            }

            rules.Advance(time, changes);
        }

        changes.Select(change => change.Key).ShouldBeEmpty();
    }

    public static TheoryData<string> Kinds() => [.. SituationCatalogue.All.Select(entry => entry.Kind)];

    private static CommunitySnapshot Read()
    {
        var file = CommunityFile.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "yunqi.yaml")));
        return new CommunitySnapshot(file.Community.ShouldNotBeNull(string.Join('\n', file.Problems)), 1);
    }
}
