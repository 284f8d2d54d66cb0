using SmartCommunity.Mqtt.Server.Persistence;
using SmartCommunity.Mqtt.Server.Sessions;

namespace SmartCommunity.Mqtt.Server.Routing;

/// <summary>Publishes a message of which something may have to survive a restart: it is written down before it is queued.</summary>
internal readonly ref struct LastingPublish(StateStore store, Router router)
{
    // A fan-out to very many lasting sessions is spread over records, each far below the largest that the journal takes.
    private const int TargetsPerRecord = 1_000;

    public long Run(Route route, Message message, Session? publisher)
    {
        message = message with { Number = store.NextMessage() };
        var targets = new List<PlannedDelivery>(route.Targets.Length + route.Groups.Length);
        var seconds = new List<PlannedDelivery>();
        foreach (var target in route.Targets)
        {
            if (target.TryPlan(message, publisher, out var delivery)) targets.Add(new PlannedDelivery(target.Session, delivery));
        }

        foreach (var group in route.Groups)
        {
            if (group.Choose(message) is not { } chosen) continue;
            // A number stands once in a queue; a session that gets the message twice gets it under two.
            if (!targets.Exists(t => ReferenceEquals(t.Session, chosen.Session))) targets.Add(chosen);
            else seconds.Add(chosen with { Delivery = chosen.Delivery with { Message = message with { Number = store.NextMessage() } } });
        }

        var position = Write(message, [.. targets.Where(t => t.IsLasting)]);
        foreach (var second in seconds.Where(s => s.IsLasting)) position = store.Append(StateRecords.Published(second.Delivery.Message, 0, [second]));
        foreach (var target in targets) position = Math.Max(position, router.Deliver(target));
        foreach (var second in seconds) position = Math.Max(position, router.Deliver(second));
        return position;
    }

    private long Write(Message message, ReadOnlySpan<PlannedDelivery> targets)
    {
        var first = targets[..Math.Min(TargetsPerRecord, targets.Length)];
        if (!message.Retain && targets.Length == 0) return 0;
        var position = message.Retain ? router.Retained.Set(message, first) : store.Append(StateRecords.Published(message, 0, first));
        for (targets = targets[first.Length..]; targets.Length > 0; targets = targets[first.Length..])
        {
            first = targets[..Math.Min(TargetsPerRecord, targets.Length)];
            position = store.Append(StateRecords.Queued(message.Number, first));
        }

        return position;
    }
}
