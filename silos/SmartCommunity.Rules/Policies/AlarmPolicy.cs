using System.Collections.Immutable;
using SmartCommunity.Events;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Conditions;
using SmartCommunity.Rules.Parameters;
using SmartCommunity.Rules.Plans;
using SmartCommunity.Rules.Texts;

namespace SmartCommunity.Rules.Policies;

/// <summary>
/// What a detector reports as such: 烟雾, 火警, 燃气, 一氧化碳, 漏水, 水浸. One condition per device and kind. A start holds until the stop; a pulse counts as a start, and
/// as over when no other came for <c>pulse-lasts</c>, since a device that only pulses never says when it is over.
/// </summary>
internal sealed class AlarmPolicy : Policy
{
    private readonly ImmutableArray<EventKind> _kinds;
    private readonly AlarmGrade[] _grades;
    private readonly long _pulseLasts;
    private readonly bool _isSeverityStated;

    /// <param name="arguments">The rule's parameters: <c>kinds</c>, <c>hold</c>, <c>pulse-lasts</c>.</param>
    /// <param name="grades">How urgent each kind is.</param>
    public AlarmPolicy(PolicyArguments arguments, ImmutableArray<AlarmGrade> grades)
    {
        _kinds = arguments.Kinds("kinds");
        _isSeverityStated = arguments.Rule.Severity is not null;
        _pulseLasts = (long)arguments.Duration("pulse-lasts").TotalMilliseconds;
        _grades = [.. _kinds.Select(kind => grades.First(grade => grade.Kind == kind))];
        Specs = [.. _grades.Select(grade => new ConditionSpec
        {
            Kind = Events.Vocabulary.EventKinds.NameOf(grade.Kind),
            Severity = arguments.SeverityOr(grade.Severity),
            Hold = arguments.Duration("hold"),
            EveryReportIsEvidence = true,
        })];
    }

    public override ImmutableArray<ConditionSpec> Specs { get; }

    public override ImmutableArray<EventKind> EventKinds => _kinds;

    public override void OnEvent(RuleBinding binding, CommunityEvent item, ISignalSink sink)
    {
        var index = _kinds.IndexOf(item.Kind);
        var spec = Specs[index];
        sink.Send(new()
        {
            Input = item.Phase == EventPhase.Stop ? ConditionInput.Over : ConditionInput.Holds,
            Key = binding.KeyOf($"{binding.Device.Id.Value}/{spec.Kind}"),
            Spec = spec,
            Binding = binding,
            At = item.Time.ToUnixTimeMilliseconds(),
            Lasts = item.Phase == EventPhase.Pulse ? _pulseLasts : null,
            Severity = binding.Device.Building is null && !_isSeverityStated ? _grades[index].Outdoors : spec.Severity,
            Event = item,
        });
    }

    public override ConditionText Describe(ConditionFacts facts) => PolicyTexts.Alarm(facts);
}

/// <summary>How urgent a kind of alarm is where the rule does not say.</summary>
/// <param name="Kind">The kind of event.</param>
/// <param name="Severity">In a building.</param>
/// <param name="Outdoors">Outside of buildings.</param>
internal sealed record AlarmGrade(EventKind Kind, Severity Severity, Severity Outdoors);
