using System.Collections.Immutable;
using SmartCommunity.Events;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Conditions;
using SmartCommunity.Rules.Parameters;
using SmartCommunity.Rules.Plans;
using SmartCommunity.Rules.Texts;

namespace SmartCommunity.Rules.Policies;

/// <summary>胁迫, 紧急求助. Each call for help is a case of its own: the key holds the event's id.</summary>
internal sealed class DuressPolicy : Policy
{
    // A key is never used again, so its condition need not last; it is shown as active for a while for those who look at conditions.
    private static readonly TimeSpan Shown = TimeSpan.FromMinutes(10);

    private readonly ImmutableArray<EventKind> _kinds;

    public DuressPolicy(PolicyArguments arguments)
    {
        _kinds = arguments.Kinds("kinds");
        Specs = [.. _kinds.Select(kind => new ConditionSpec
        {
            Kind = Events.Vocabulary.EventKinds.NameOf(kind),
            Severity = arguments.SeverityOr(Severity.P0),
            Lasts = Shown,
            EveryReportIsEvidence = true,
            SourceMustLive = false,
        })];
    }

    public override ImmutableArray<ConditionSpec> Specs { get; }

    public override ImmutableArray<EventKind> EventKinds => _kinds;

    public override void OnEvent(RuleBinding binding, CommunityEvent item, ISignalSink sink)
    {
        if (item.Phase == EventPhase.Stop)
        {
            return;
        }

        var at = item.Time.ToUnixTimeMilliseconds();
        var id = item.Id.Length > 0 ? Subjects.Segment(item.Id) : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{at}");
        sink.Send(new()
        {
            Input = ConditionInput.Holds,
            Key = binding.KeyOf($"{binding.Device.Id.Value}/{Events.Vocabulary.EventKinds.NameOf(item.Kind)}/{id}"),
            Spec = Specs[_kinds.IndexOf(item.Kind)],
            Binding = binding,
            At = at,
            Event = item,
        });
    }

    public override ConditionText Describe(ConditionFacts facts) => PolicyTexts.Duress(facts);
}
