using SmartCommunity.Mqtt.Server.Diagnostics;
using SmartCommunity.Mqtt.Server.Persistence;

namespace SmartCommunity.Mqtt.Server.Routing;

/// <summary>
/// The last retained message of each topic (MQTT 5.0 section 3.3.1.3), bounded in count and bytes; on disk too where there is a state. Thread-safe: changes
/// are written down under the lock that orders them.
/// </summary>
internal sealed class RetainedStore(MqttServerOptions options, TimeProvider time, ServerMetrics metrics, StateStore? store = null) : IDisposable
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);

    // Expired messages that one turn removes under the lock: a few hundred microseconds.
    private const int SweepBatch = 1_000;

    private readonly RetainedTree _tree = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _byOwner = new(StringComparer.Ordinal);
    private PriorityQueue<Message, DateTimeOffset>? _expiring;
    private ITimer? _sweeper;
    private long _bytes;
    private int _count;

    public int Count
    {
        get
        {
            lock (_lock) return _count;
        }
    }

    public long Bytes
    {
        get
        {
            lock (_lock) return _bytes;
        }
    }

    /// <summary>
    /// Keeps the message, or forgets the topic when the payload is empty. When a limit keeps it out, what was there before is gone too, because it would
    /// be stale.
    /// </summary>
    /// <returns>False when a limit kept it out.</returns>
    public bool Set(Message message)
    {
        bool kept;
        lock (_lock) kept = Change(message) || message.Payload.IsEmpty;
        if (!kept) metrics.Dropped.Add(1, ServerMetrics.RetainedFull);
        return kept;
    }

    /// <summary>The same, written down in one record with the sessions that get the message.</summary>
    /// <returns>The position of the record.</returns>
    public long Set(Message message, ReadOnlySpan<PlannedDelivery> targets)
    {
        bool kept;
        long position;
        lock (_lock)
        {
            kept = Change(message);
            position = store!.Append(StateRecords.Published(message, kept ? StateReplay.Keeps : StateReplay.Clears, targets));
        }

        if (!kept && !message.Payload.IsEmpty) metrics.Dropped.Add(1, ServerMetrics.RetainedFull);
        return position;
    }

    /// <summary>Puts a message back that was there before a restart.</summary>
    public void Restore(Message message)
    {
        lock (_lock)
        {
            if (!Change(message)) store?.Append(StateRecords.RetainedRemoved(message.Topic));
        }
    }

    /// <summary>The live messages whose topics the filter matches.</summary>
    public List<Message> Match(string filter)
    {
        var matches = new List<Message>();
        lock (_lock) _tree.Match(filter, matches);
        var now = time.GetUtcNow();
        matches.RemoveAll(m => m.IsExpired(now));
        return matches;
    }

    /// <inheritdoc/>
    public void Dispose() => _sweeper?.Dispose();

    private bool Change(Message message)
    {
        RemoveExpired(time.GetUtcNow(), 16);
        Forget(message.Topic);
        if (message.Payload.IsEmpty || !HasRoom(message)) return false;
        _tree.GetOrAdd(message.Topic).Message = message;
        _bytes += message.Cost;
        _count++;
        if (message.Owner is { } owner) _byOwner[owner] = _byOwner.GetValueOrDefault(owner) + 1;
        if (message.ExpiresAt is { } at) Watch(message, at);
        return true;
    }

    private bool HasRoom(Message message) =>
        _count < options.MaxRetainedMessages
        && _bytes + message.Cost <= options.MaxRetainedBytes
        && (message.Owner is null || _byOwner.GetValueOrDefault(message.Owner) < options.MaxRetainedPerAccount);

    private bool Forget(string topic)
    {
        if (_tree.Find(topic) is not { Message: { } old } node) return false;
        node.Message = null;
        node.Prune();
        _bytes -= old.Cost;
        _count--;
        if (old.Owner is { } owner && (_byOwner[owner] -= 1) == 0) _byOwner.Remove(owner);
        return true;
    }

    private void Watch(Message message, DateTimeOffset at)
    {
        _expiring ??= new PriorityQueue<Message, DateTimeOffset>();
        // Messages that were replaced stay in here until they are due; many of them are thrown out together.
        if (_expiring.Count > 1_024 && _expiring.Count > 2 * _count)
        {
            var live = _expiring.UnorderedItems.Where(i => IsKept(i.Element)).ToArray();
            _expiring.Clear();
            _expiring.EnqueueRange(live);
        }

        _expiring.Enqueue(message, at);
        _sweeper ??= time.CreateTimer(static s => ((RetainedStore)s!).Sweep(), this, SweepEvery, SweepEvery);
    }

    private void Sweep()
    {
        var more = true;
        while (more)
        {
            lock (_lock) more = RemoveExpired(time.GetUtcNow(), SweepBatch);
        }
    }

    private bool RemoveExpired(DateTimeOffset now, int most)
    {
        while (_expiring is not null && _expiring.TryPeek(out var message, out var at) && at <= now)
        {
            if (most-- == 0) return true;
            _expiring.Dequeue();
            if (!IsKept(message) || !Forget(message.Topic)) continue;
            store?.Append(StateRecords.RetainedRemoved(message.Topic));
        }

        return false;
    }

    private bool IsKept(Message message) => _tree.Find(message.Topic) is { } node && ReferenceEquals(node.Message, message);
}
