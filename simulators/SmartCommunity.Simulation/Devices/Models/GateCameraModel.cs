using SmartCommunity.Simulation.Payloads;
using SmartCommunity.Simulation.Profiles;
using SmartCommunity.Simulation.Randomness;

namespace SmartCommunity.Simulation.Devices.Models;

/// <summary>The camera at a vehicle gate: reads plates as cars come and go.</summary>
internal sealed class GateCameraModel(DeviceContext context) : IDeviceModel
{
    private const int ResidentCars = 600;
    private readonly Arrivals _cars = new(context, Habits.ComingAndGoing, perDay: 420);
    private readonly Daylight _daylight = new(context);
    private readonly SeededRandom _community = new(Hashing.Of(context.Site.Community.Value));

    public IReadOnlyList<DeviceMessage> Step(DateTimeOffset now, SeededRandom random)
    {
        var messages = new List<DeviceMessage> { NativePayload.Telemetry(now, ("illuminance", _daylight.At(now, random))) };
        foreach (var time in _cars.Until(now, random)) messages.Add(Read(time, random));
        return messages;
    }

    private DeviceMessage Read(DateTimeOffset time, SeededRandom random)
    {
        var plate = random.Chance(0.85) ? Plates.Resident(_community, random.Whole(0, ResidentCars)) : Plates.Any(random);
        var inbound = context.Clock.At(time).Hour < 12 ? 0.35 : 0.6;
        return NativePayload.Event(time, new EventContent(EventContent.IdAt(time, random), "plate-read")
        {
            Confidence = random.Between(0.9, 1),
            Data = [new("plate", plate), new("direction", random.Chance(inbound) ? "in" : "out")],
        });
    }
}
