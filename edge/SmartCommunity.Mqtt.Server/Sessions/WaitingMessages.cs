using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Routing;

namespace SmartCommunity.Mqtt.Server.Sessions;

/// <summary>
/// Messages that wait for one client, bounded in count and bytes. When one more does not fit, expired ones go first, then the oldest. Not thread-safe.
/// </summary>
internal sealed class WaitingMessages(SessionContext context, SessionTrail? trail)
{
    // What a connected client may always have waiting, so that absent clients that fill the memory do not starve those that read.
    private const long ConnectedShare = 64 * 1024;

    // A burst's array is not kept by a queue that is empty again.
    private const int KeptCapacity = 128;

    private readonly Queue<Delivery> _queue = new();
    private long _bytes;
    private DateTimeOffset _firstExpiry = DateTimeOffset.MaxValue;

    public int Count => _queue.Count;

    /// <summary>Whether one more message pushes an older one out.</summary>
    public bool IsFull => _queue.Count >= context.Options.MaxQueuedMessages || _bytes >= context.Options.MaxQueuedBytes;

    /// <summary>Adds a message.</summary>
    /// <returns>How many messages had to go for it, itself included when it found no room.</returns>
    public int Add(in Delivery delivery, bool connected)
    {
        var cost = delivery.Message.Cost;
        var dropped = 0;
        if (!Fits(cost)) RemoveExpired();
        for (; _queue.Count > 0 && !Fits(cost); dropped++) DropOldest();
        while (!context.Budget.TryTake(cost))
        {
            if (connected && _bytes + cost <= ConnectedShare)
            {
                context.Budget.Take(cost);
                break;
            }

            if (RemoveExpired()) continue;
            dropped++;
            if (_queue.Count == 0)
            {
                trail?.Dropped(in delivery);
                return dropped;
            }

            DropOldest();
        }

        Put(in delivery, cost);
        return dropped;
    }

    /// <summary>Adds a message that was queued before a restart, whatever the limits are now.</summary>
    public void Restore(in Delivery delivery)
    {
        context.Budget.Take(delivery.Message.Cost);
        Put(in delivery, delivery.Message.Cost);
    }

    public bool TryPeek(out Delivery delivery) => _queue.TryPeek(out delivery);

    /// <summary>Takes the oldest; its bytes stay taken, for the caller to give back when it is done.</summary>
    public Delivery Take()
    {
        var delivery = _queue.Dequeue();
        _bytes -= delivery.Message.Cost;
        if (_queue.Count > 0) return delivery;
        _firstExpiry = DateTimeOffset.MaxValue;
        if (_queue.Capacity > KeptCapacity) _queue.TrimExcess();
        return delivery;
    }

    /// <summary>Removes messages, and says so in the records.</summary>
    public int RemoveWhere(Func<Delivery, bool> goes)
    {
        var removed = 0;
        for (var left = _queue.Count; left > 0; left--)
        {
            var delivery = _queue.Dequeue();
            if (goes(delivery))
            {
                Lose(in delivery);
                removed++;
            }
            else
            {
                _queue.Enqueue(delivery);
            }
        }

        return removed;
    }

    private bool Fits(long cost) =>
        _queue.Count == 0 || (_queue.Count < context.Options.MaxQueuedMessages && _bytes + cost <= context.Options.MaxQueuedBytes);

    private void Put(in Delivery delivery, long cost)
    {
        _queue.Enqueue(delivery);
        _bytes += cost;
        if (delivery.Message.ExpiresAt is { } at && at < _firstExpiry) _firstExpiry = at;
    }

    private void DropOldest()
    {
        var oldest = _queue.Dequeue();
        Lose(in oldest);
    }

    private void Lose(in Delivery delivery)
    {
        _bytes -= delivery.Message.Cost;
        context.Budget.Return(delivery.Message.Cost);
        trail?.Dropped(in delivery);
    }

    // Looks through the queue only when something in it has expired since the last look.
    private bool RemoveExpired()
    {
        if (_firstExpiry == DateTimeOffset.MaxValue) return false;
        var now = context.Time.GetUtcNow();
        if (_firstExpiry > now) return false;
        var removed = RemoveWhere(d => d.Message.IsExpired(now));
        _firstExpiry = _queue.Select(d => d.Message.ExpiresAt).Min() ?? DateTimeOffset.MaxValue;
        if (removed > 0) context.Metrics.Dropped.Add(removed, Diagnostics.ServerMetrics.Expired);
        return removed > 0;
    }
}
