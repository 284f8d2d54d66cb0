using System.Collections.Immutable;
using SmartCommunity.Events;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Conditions;
using SmartCommunity.Rules.Parameters;
using SmartCommunity.Rules.Plans;
using SmartCommunity.Rules.Texts;

namespace SmartCommunity.Rules.Policies;

/// <summary>
/// 高空抛物. Throws at one façade and column, each within <c>window</c> of the one before, are one occurrence; each of them is evidence. An event's data may say
/// <c>facade</c> (else the camera's own), <c>column</c> and <c>floor</c>. A throw below <c>min-confidence</c> opens nothing, but is evidence of what is open.
/// </summary>
internal sealed class FallingObjectPolicy : Policy
{
    private readonly ConditionSpec _spec;
    private readonly double _minConfidence;

    public FallingObjectPolicy(PolicyArguments arguments)
    {
        _minConfidence = arguments.Number("min-confidence");
        _spec = new()
        {
            Kind = "falling-object",
            Severity = arguments.SeverityOr(Severity.P1),
            Lasts = arguments.Duration("window"),
            EveryReportIsEvidence = true,
            SourceMustLive = false,
        };
    }

    public override ImmutableArray<ConditionSpec> Specs => [_spec];

    public override ImmutableArray<EventKind> EventKinds => [EventKind.FallingObject];

    public override void OnEvent(RuleBinding binding, CommunityEvent item, ISignalSink sink)
    {
        if (item.Phase == EventPhase.Stop)
        {
            return;
        }

        var device = binding.Device;
        var facade = item.Data.GetString("facade") is { Length: > 0 } said ? said : device.Facade ?? "-";
        var column = item.Data.GetString("column") is { Length: > 0 } number ? number : "-";
        var place = device.Building?.Value ?? device.Zone?.Id.Value ?? device.Id.Value;
        var key = binding.KeyOf($"{place}/{Subjects.Segment(facade)}/{Subjects.Segment(column)}");
        if ((item.Confidence ?? 1) < _minConfidence && sink.FindOpen(key, item.Time.ToUnixTimeMilliseconds()) is null)
        {
            return;
        }

        sink.Send(new()
        {
            Input = ConditionInput.Holds,
            Key = key,
            Spec = _spec,
            Binding = binding,
            At = item.Time.ToUnixTimeMilliseconds(),
            Event = item,
            // What the text needs, in one field: the façade, the column, and the floor of the latest throw that names one.
            Detail = $"{facade}\n{column}\n{item.Data.GetString("floor")}",
        });
    }

    public override ConditionText Describe(ConditionFacts facts) => PolicyTexts.FallingObject(facts, _minConfidence);
}
