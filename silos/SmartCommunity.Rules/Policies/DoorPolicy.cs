using System.Collections.Immutable;
using SmartCommunity.Events;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Conditions;
using SmartCommunity.Rules.Parameters;
using SmartCommunity.Rules.Plans;
using SmartCommunity.Rules.Texts;

namespace SmartCommunity.Rules.Policies;

/// <summary>
/// 门禁. A forced door is an alarm at once; a door that is open for <c>held-for</c>, or of which the controller says so itself, is held open. Closing it
/// recovers both. One condition per door and kind; <c>data.door</c> names the door of a controller that has several.
/// </summary>
internal sealed class DoorPolicy : Policy
{
    private readonly ConditionSpec _forced;
    private readonly ConditionSpec _held;
    private readonly ImmutableArray<EventKind> _kinds;

    public DoorPolicy(PolicyArguments arguments)
    {
        _kinds = arguments.Kinds("kinds");
        var hold = arguments.Duration("hold");
        _forced = new() { Kind = "door-forced", Severity = arguments.SeverityOr(Severity.P1), Hold = hold, EveryReportIsEvidence = true };
        _held = new() { Kind = "door-held-open", Severity = arguments.SeverityOr(Severity.P2), Confirm = arguments.Duration("held-for"), Hold = hold };
    }

    public override ImmutableArray<ConditionSpec> Specs => [_forced, _held];

    public override ImmutableArray<EventKind> EventKinds =>
        [.. _kinds, .. _kinds.Contains(EventKind.DoorHeldOpen) ? [EventKind.DoorOpened] : Array.Empty<EventKind>(), EventKind.DoorClosed];

    public override void OnEvent(RuleBinding binding, CommunityEvent item, ISignalSink sink)
    {
        var isOver = item.Phase == EventPhase.Stop;
        switch (item.Kind)
        {
            case EventKind.DoorForced:
                Send(_forced, isOver ? ConditionInput.Over : ConditionInput.Holds, confirm: null);
                break;
            case EventKind.DoorHeldOpen:
                Send(_held, isOver ? ConditionInput.Over : ConditionInput.Holds, confirm: 0);
                break;
            case EventKind.DoorOpened when !isOver:
                Send(_held, ConditionInput.Holds, confirm: null);
                break;
            default:
                // Closed, or no longer open.
                Send(_held, ConditionInput.Over, confirm: null);
                Send(_forced, ConditionInput.Over, confirm: null);
                break;
        }

        void Send(ConditionSpec spec, ConditionInput input, long? confirm)
        {
            var door = item.Data.GetString("door") is { Length: > 0 } name ? "/" + Subjects.Segment(name) : "";
            sink.Send(new()
            {
                Input = input,
                Key = binding.KeyOf($"{binding.Device.Id.Value}{door}/{spec.Kind}"),
                Spec = spec,
                Binding = binding,
                At = item.Time.ToUnixTimeMilliseconds(),
                Confirm = confirm,
                Event = item,
            });
        }
    }

    public override ConditionText Describe(ConditionFacts facts) =>
        facts.Spec.Kind == _forced.Kind ? PolicyTexts.DoorForced(facts) : PolicyTexts.DoorHeldOpen(facts, _held.Confirm);
}
