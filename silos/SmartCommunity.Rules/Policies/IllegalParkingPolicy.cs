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
/// 违停. A vehicle that stands in a zone for longer than its grace: the zone's own, else that of its kind, else <c>grace</c>; a fire lane has none and is P1. In a zone
/// made for parking a vehicle may stand, unless the zone has a grace of its own. One condition per zone and plate, else track, else device.
/// </summary>
/// <remarks>An event's data may say <c>plate</c>, <c>track</c> and <c>since</c> (when the vehicle stopped, if that was before the event).</remarks>
internal sealed class IllegalParkingPolicy : Policy
{
    // A camera that says «since last year» has lost its clock; nobody's car stands for longer than this without having been reported.
    private const long LongestStand = 30L * 24 * 3600 * 1000;

    private readonly ConditionSpec _spec;
    private readonly Severity _fireLaneSeverity;
    private readonly TimeSpan _grace;
    private readonly TimeSpan _fireLaneGrace;
    private readonly TimeSpan _gateGrace;

    public IllegalParkingPolicy(PolicyArguments arguments)
    {
        _grace = arguments.Duration("grace");
        _fireLaneGrace = arguments.Duration("fire-lane-grace");
        _gateGrace = arguments.Duration("gate-grace");
        _fireLaneSeverity = arguments.SeverityOr(Severity.P1);
        _spec = new() { Kind = "illegal-parking", Severity = arguments.SeverityOr(Severity.P2), Confirm = _grace, Hold = arguments.Duration("hold") };
    }

    public override ImmutableArray<ConditionSpec> Specs => [_spec];

    public override ImmutableArray<EventKind> EventKinds => [EventKind.VehiclePresent, EventKind.VehicleLeft, EventKind.FireLaneBlocked];

    public override void OnEvent(RuleBinding binding, CommunityEvent item, ISignalSink sink)
    {
        var isBlocked = item.Kind == EventKind.FireLaneBlocked;
        var isFireLane = isBlocked || binding.Device.Zone?.Kind == ZoneFacts.FireLane;
        if (GraceOf(binding.Device.Zone, isBlocked) is not { } grace)
        {
            return;
        }

        var at = item.Time.ToUnixTimeMilliseconds();
        var isOver = item.Kind == EventKind.VehicleLeft || item.Phase == EventPhase.Stop;
        var plate = Subjects.Plate(item.Data.GetString("plate"));
        var (key, alias) = KeyOf(binding, item, plate, at, sink);
        sink.Send(new()
        {
            Input = isOver ? ConditionInput.Over : ConditionInput.Holds,
            Key = key,
            Alias = alias,
            Spec = _spec,
            Binding = binding,
            At = at,
            Since = Subjects.Time(item.Data, "since") is { } since && since <= at && since > at - LongestStand ? since : null,
            Confirm = (long)grace.TotalMilliseconds,
            Severity = isFireLane ? _fireLaneSeverity : _spec.Severity,
            Event = item,
            Detail = plate,
        });
    }

    public override ConditionText Describe(ConditionFacts facts) => PolicyTexts.IllegalParking(facts);

    private TimeSpan? GraceOf(ZoneFacts? zone, bool isBlocked) => zone switch
    {
        _ when isBlocked => _fireLaneGrace,
        { ParkingGrace: { } own } => own,
        { Kind: ZoneFacts.FireLane } => _fireLaneGrace,
        { Kind: ZoneFacts.Gate } => _gateGrace,
        { Kind: ZoneFacts.Garage or ZoneFacts.ParkingLot } => null,
        _ => _grace,
    };

    // The plate may be read only after a while, or only at first: then the track says that it is the same vehicle.
    private static (string Key, string? Alias) KeyOf(RuleBinding binding, CommunityEvent item, string? plate, long at, ISignalSink sink)
    {
        var place = binding.Device.Zone?.Id.Value ?? binding.Device.Id.Value;
        var track = item.Data.GetString("track") is { Length: > 0 } text
            ? binding.KeyOf($"{place}/track/{binding.Device.Id.Value}/{Subjects.Segment(text)}")
            : null;
        var byPlate = plate is null ? null : binding.KeyOf($"{place}/{Subjects.Segment(plate)}");
        if (byPlate is not null && sink.FindOpen(byPlate, at) is not null)
        {
            return (byPlate, track);
        }

        var open = track is null ? null : sink.FindOpen(track, at);
        return (open ?? byPlate ?? track ?? binding.KeyOf($"{place}/device/{binding.Device.Id.Value}"), track);
    }
}
