using SmartCommunity.Simulation.Payloads;

namespace SmartCommunity.Simulation.Devices.Models;

/// <summary>What a device will say later, in order of time: a door that is open now closes in a moment.</summary>
internal sealed class Pending
{
    private readonly PriorityQueue<DeviceMessage, DateTimeOffset> _queue = new();

    public void Add(DateTimeOffset time, DeviceMessage message) => _queue.Enqueue(message, time);

    /// <summary>Moves what is due to the end of the list.</summary>
    public void MoveDue(DateTimeOffset now, List<DeviceMessage> target)
    {
        while (_queue.TryPeek(out var message, out var time) && time <= now)
        {
            _queue.Dequeue();
            target.Add(message);
        }
    }
}
