using System.Globalization;
using SmartCommunity.Events;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Conditions;
using SmartCommunity.Rules.Decisions;
using SmartCommunity.Rules.Definitions;
using SmartCommunity.Rules.Places;
using SmartCommunity.Rules.Plans;

namespace SmartCommunity.Rules.Tests.Support;

/// <summary>A place with rules, driven in seconds from a fixed start.</summary>
internal sealed class Bench
{
    public static readonly DateTimeOffset Start = new(2026, 11, 20, 8, 0, 0, TimeSpan.FromHours(8));

    private int _nextId;

    public Bench(IEnumerable<RuleDefinition> rules, IEnumerable<DeviceFacts> devices, RuleOptions? options = null) =>
        Rules = new(RulePlan.Compile(rules, devices, options));

    public Bench(RuleDefinition rule, params DeviceFacts[] devices) : this([rule], devices)
    {
    }

    public PlaceRules Rules { get; }

    /// <summary>Everything that was said so far.</summary>
    public List<ConditionChange> Changes { get; } = [];

    public ConditionChange Last => Changes[^1];

    /// <summary>The moves as <c>From→To@seconds</c>.</summary>
    public string Moves => string.Join(' ', Changes.Select(Move));

    public static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);

    public static string Move(ConditionChange change) =>
        string.Create(CultureInfo.InvariantCulture, $"{change.From}→{change.To}@{(change.At - Start).TotalSeconds}");

    public Bench Event(
        double at, string device, EventKind kind, string data = "", EventPhase phase = EventPhase.Pulse, double? confidence = null, string? id = null, bool historical = false)
    {
        Rules.Observe(NewEvent(at, device, kind, data, phase, confidence, id ?? $"e{_nextId++}", historical), Changes);
        return this;
    }

    public Bench Sample(double at, string device, string metric, double value)
    {
        Rules.Observe(new Sample(DeviceId.Parse(device), metric, At(at), value), Changes);
        return this;
    }

    public Bench Advance(double to)
    {
        Rules.Advance(At(to), Changes);
        return this;
    }

    public LiveCondition Only() => Rules.Conditions.ShouldHaveSingleItem();

    public static CommunityEvent NewEvent(
        double at, string device, EventKind kind, string data = "", EventPhase phase = EventPhase.Pulse, double? confidence = null, string id = "", bool historical = false) => new()
        {
            Id = id,
            Device = DeviceId.Parse(device),
            Kind = kind,
            Phase = phase,
            Time = At(at),
            Confidence = confidence,
            Historical = historical,
            Data = data.Length == 0 ? EventData.Empty : EventData.Parse(data),
        };
}
