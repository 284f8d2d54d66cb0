using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules;
using SmartCommunity.Rules.Decisions;
using SmartCommunity.Rules.Plans;
using SmartCommunity.Simulation.Payloads;
using SmartCommunity.Simulation.Situations;
using SmartCommunity.Simulation.World;

namespace SmartCommunity.Simulation.Tests.Situations;

/// <summary>Plays messages to the product's own decoder and rules, without a network: what they raise is what the truth must say.</summary>
internal sealed class RuleStage
{
    private readonly PlaceRules _rules;
    private readonly List<ConditionChange> _changes = [];

    public RuleStage(DateTimeOffset start, params DeviceSite[] sites)
    {
        _rules = new PlaceRules(RulePlan.Compile(TestCommunity.Community.Rules, sites.Select(site => TestCommunity.Snapshot.Facts[site.Id])));
        _rules.Advance(start, _changes);
    }

    /// <summary>Conditions that became active, with the time at which they did.</summary>
    public IEnumerable<ConditionChange> Raised => _changes.Where(change => change is { From: not ConditionPhase.Active, To: ConditionPhase.Active });

    public IReadOnlyList<ConditionChange> Changes => _changes;

    public void Say(DeviceSite site, DeviceMessage message, DateTimeOffset time, bool isWill = false)
    {
        var batch = Decoding.Decode(site.Id, message, time, isWill);
        foreach (var item in batch.Events) _rules.Observe(item, _changes);
        foreach (var sample in batch.Samples) _rules.Observe(in sample, _changes);
        _rules.Advance(time, _changes);
    }

    public void Pass(DateTimeOffset now) => _rules.Advance(now, _changes);

    /// <summary>What the endpoint makes of an act of a device.</summary>
    public void Act(DirectedStep step)
    {
        Pass(step.At);
        switch (step.Act)
        {
            case DeviceAct.Say say:
                Say(step.Situation.Site, say.Make(step.At), step.At);
                break;
            case DeviceAct.Vanish:
                Say(step.Situation.Site, DeviceMessage.Offline, step.At, isWill: true);
                break;
            case DeviceAct.ComeBack:
                Say(step.Situation.Site, DeviceMessage.Online, step.At);
                break;
            default:
                break;
        }
    }
}
