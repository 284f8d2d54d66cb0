using System.Collections.Immutable;
using SmartCommunity.Simulation.Payloads;
using SmartCommunity.Simulation.Randomness;
using SmartCommunity.Simulation.World;

namespace SmartCommunity.Simulation.Situations;

/// <summary>Writes a script step by step.</summary>
/// <param name="kind">The name of the situation.</param>
/// <param name="site">The device.</param>
/// <param name="random">The situation's own sequence.</param>
internal sealed class ScriptBuilder(string kind, DeviceSite site, SeededRandom random)
{
    private readonly List<SituationStep> _steps = [];
    private readonly List<ExpectedIncident> _expected = [];

    public DeviceSite Site => site;

    public SeededRandom Random => random;

    /// <summary>What the device goes on doing.</summary>
    public DeviceConduct Conduct { get; set; } = DeviceConduct.ScriptOnly;

    /// <summary>Where the next step is.</summary>
    public TimeSpan At { get; private set; }

    /// <summary>Lets time pass.</summary>
    public ScriptBuilder After(TimeSpan time)
    {
        At += time;
        return this;
    }

    /// <summary>Lets some time pass.</summary>
    public ScriptBuilder After(double fromSeconds, double toSeconds) => After(TimeSpan.FromSeconds(Math.Round(random.Between(fromSeconds, toSeconds), 1)));

    public ScriptBuilder Do(DeviceAct act)
    {
        _steps.Add(new SituationStep(At, act));
        return this;
    }

    /// <summary>The device says an event.</summary>
    /// <param name="eventKind">What happened.</param>
    /// <param name="change">What else it says, given the time; null for nothing.</param>
    public ScriptBuilder Event(string eventKind, Func<EventContent, DateTimeOffset, EventContent>? change = null)
    {
        // Forked here, so that what is said does not depend on when the script is played.
        var own = random.Fork($"event/{_steps.Count}");
        return Do(new DeviceAct.Say(time =>
        {
            var content = new EventContent(EventContent.IdAt(time, own), eventKind);
            return NativePayload.Event(time, change is null ? content : change(content, time));
        }));
    }

    /// <summary>The device says readings.</summary>
    public ScriptBuilder Telemetry(params (string Metric, double Value)[] values) =>
        Do(new DeviceAct.Say(time => NativePayload.Telemetry(time, values)));

    /// <summary>Something must come of it, for each of the rules.</summary>
    public ScriptBuilder Expect(IEnumerable<AppliedRule> rules, Func<AppliedRule, ExpectedIncident> incident)
    {
        _expected.AddRange(rules.Select(incident));
        return this;
    }

    /// <summary>An expectation with what the device's place says of itself.</summary>
    public ExpectedIncident Incident(AppliedRule rule, string incidentKind, string keyHint, TimeSpan dueAt) => new()
    {
        Kind = incidentKind,
        Severity = rule.Severity(incidentKind),
        Grid = site.Grid,
        Building = site.Building,
        Zone = site.Zone,
        Device = site.Id,
        KeyHint = keyHint,
        DueAt = dueAt,
    };

    public Situation Build()
    {
        Do(new DeviceAct.Rest());
        return new Situation
        {
            Kind = kind,
            Site = site,
            Conduct = Conduct,
            Steps = [.. _steps.OrderBy(step => step.At)],
            Expected = [.. _expected],
        };
    }
}
