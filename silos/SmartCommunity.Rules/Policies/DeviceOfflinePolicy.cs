using System.Collections.Immutable;
using SmartCommunity.Events;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Conditions;
using SmartCommunity.Rules.Parameters;
using SmartCommunity.Rules.Places;
using SmartCommunity.Rules.Plans;
using SmartCommunity.Rules.Texts;

namespace SmartCommunity.Rules.Policies;

/// <summary>
/// 设备离线. A device that is said to be offline (its will, its recorder) for <c>confirm</c>, or that says nothing for longer than it may: the device's own limit, else
/// <c>silent-after</c>. Any message of it ends that. While it is offline, what it alone holds active is unknown.
/// </summary>
internal sealed class DeviceOfflinePolicy : Policy
{
    private readonly ConditionSpec _spec;
    private readonly TimeSpan _silentAfter;

    public DeviceOfflinePolicy(PolicyArguments arguments)
    {
        _silentAfter = arguments.Duration("silent-after");
        _spec = new()
        {
            Kind = "device-offline",
            Severity = arguments.SeverityOr(Severity.P3),
            Confirm = arguments.Duration("confirm"),
            Hold = arguments.Duration("hold"),
            SourceMustLive = false,
            CauseName = "silence",
        };
        Specs = [_spec];
    }

    public override ImmutableArray<ConditionSpec> Specs { get; }

    public override ImmutableArray<EventKind> EventKinds => [EventKind.DeviceOffline];

    public override bool MeansSilence => true;

    public override TimeSpan? SilentAfter(DeviceFacts device) => device.SilentAfter ?? _silentAfter;

    public override void OnEvent(RuleBinding binding, CommunityEvent item, ISignalSink sink)
    {
        // A stop is the device's being heard, of which OnHeard is told.
        if (item.Phase != EventPhase.Stop)
        {
            sink.Send(new()
            {
                Input = ConditionInput.Holds,
                Key = binding.DeviceKey,
                Spec = _spec,
                Binding = binding,
                At = item.Time.ToUnixTimeMilliseconds(),
                Event = item,
            });
        }
    }

    public override void OnSilence(RuleBinding binding, long lastSeen, long at, ISignalSink sink) => sink.Send(new()
    {
        Input = ConditionInput.Holds,
        Key = binding.DeviceKey,
        Spec = _spec,
        Binding = binding,
        At = at,
        Since = lastSeen,
        Confirm = at - lastSeen,
    });

    public override void OnHeard(RuleBinding binding, long at, CommunityEvent? item, ISignalSink sink) => sink.Send(new()
    {
        Input = ConditionInput.Over,
        Key = binding.DeviceKey,
        Spec = _spec,
        Binding = binding,
        At = at,
        Event = item,
    });

    public override ConditionText Describe(ConditionFacts facts) => PolicyTexts.DeviceOffline(facts);
}
