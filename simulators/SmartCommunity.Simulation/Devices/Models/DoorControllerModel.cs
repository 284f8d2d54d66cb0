using SmartCommunity.Simulation.Payloads;
using SmartCommunity.Simulation.Profiles;
using SmartCommunity.Simulation.Randomness;

namespace SmartCommunity.Simulation.Devices.Models;

/// <summary>A building's entrance: people are let in, the door opens and closes behind them; now and then a card is refused.</summary>
internal sealed class DoorControllerModel(DeviceContext context) : IDeviceModel
{
    private static readonly string[] Credentials = ["face", "face", "card", "card", "code", "phone"];
    private readonly Arrivals _people = new(context, Habits.ComingAndGoing, context.Trait("people", 150, 420));
    private readonly Radio _radio = new(context);
    private readonly Pending _pending = new();

    public IReadOnlyList<DeviceMessage> Step(DateTimeOffset now, SeededRandom random)
    {
        var messages = new List<DeviceMessage> { NativePayload.Telemetry(now, ("signal", _radio.Signal(now, random))) };
        foreach (var time in _people.Until(now, random)) LetIn(time, random);
        _pending.MoveDue(now, messages);
        return messages;
    }

    private void LetIn(DateTimeOffset time, SeededRandom random)
    {
        var granted = !random.Chance(0.03);
        _pending.Add(time, NativePayload.Event(time, new EventContent(EventContent.IdAt(time, random), granted ? "access-granted" : "access-denied")
        {
            Data = [new("credential", random.Pick(Credentials))],
        }));
        if (!granted) return;
        AddDoor(time + random.Between(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1.5)), "door-opened", random);
        AddDoor(time + random.Between(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(9)), "door-closed", random);
    }

    private void AddDoor(DateTimeOffset time, string kind, SeededRandom random) =>
        _pending.Add(time, NativePayload.Event(time, new EventContent(EventContent.IdAt(time, random), kind)));
}
