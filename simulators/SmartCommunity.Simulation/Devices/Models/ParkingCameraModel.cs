using SmartCommunity.Rules.Places;
using SmartCommunity.Simulation.Payloads;
using SmartCommunity.Simulation.Profiles;
using SmartCommunity.Simulation.Randomness;

namespace SmartCommunity.Simulation.Devices.Models;

/// <summary>
/// A camera over a lane, fire lane or garage. Cars stop for a moment and go on, well within the grace period; where no stop is allowed at
/// all, none does.
/// </summary>
internal sealed class ParkingCameraModel(DeviceContext context) : IDeviceModel
{
    private readonly Arrivals _stops = new(context, Habits.ComingAndGoing, perDay: 25);
    private readonly Daylight _daylight = new(context);
    private readonly Pending _pending = new();
    private readonly TimeSpan _longest = LongestStop(context.Site.ZoneKind, context.Site.ParkingGrace);

    public IReadOnlyList<DeviceMessage> Step(DateTimeOffset now, SeededRandom random)
    {
        var messages = new List<DeviceMessage> { NativePayload.Telemetry(now, ("illuminance", _daylight.At(now, random))) };
        foreach (var time in _stops.Until(now, random)) Stop(time, random);
        _pending.MoveDue(now, messages);
        return messages;
    }

    // Well within the defaults of the parking policy: 1 min at a gate, 5 min elsewhere.
    private static TimeSpan LongestStop(string? zoneKind, TimeSpan? grace) => zoneKind switch
    {
        null or ZoneFacts.FireLane => TimeSpan.Zero,
        _ when grace < TimeSpan.FromMinutes(2) => TimeSpan.Zero,
        ZoneFacts.Gate => TimeSpan.FromSeconds(25),
        _ => TimeSpan.FromSeconds(80),
    };

    private void Stop(DateTimeOffset time, SeededRandom random)
    {
        if (_longest == TimeSpan.Zero) return;
        var sighting = new VehicleSighting(Plates.Any(random), $"t{random.Whole(1000, 10_000)}");
        var leaves = time + random.Between(_longest / 4, _longest);
        _pending.Add(time, sighting.Present(time, random));
        _pending.Add(leaves, sighting.Left(leaves, random));
    }
}

/// <summary>One vehicle in front of one camera, as the camera tells of it.</summary>
/// <param name="Plate">The number plate; null when it could not be read.</param>
/// <param name="Track">The camera's own number for the vehicle.</param>
public sealed record VehicleSighting(string? Plate, string Track)
{
    /// <summary>It stands there.</summary>
    public DeviceMessage Present(DateTimeOffset time, SeededRandom random) => Say(time, "vehicle-present", random);

    /// <summary>It is gone.</summary>
    public DeviceMessage Left(DateTimeOffset time, SeededRandom random) => Say(time, "vehicle-left", random);

    private DeviceMessage Say(DateTimeOffset time, string kind, SeededRandom random) =>
        NativePayload.Event(time, new EventContent(EventContent.IdAt(time, random), kind)
        {
            Confidence = random.Between(0.86, 0.99),
            Data = Plate is null ? [new("track", Track)] : [new("plate", Plate), new("track", Track)],
        });
}
