using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Routing;

namespace SmartCommunity.Mqtt.Server.Sessions;

/// <summary>
/// What waits for one client and what is on its way to it: bounded, in order, and written again after a reconnect. Allocates nothing until there is
/// something to keep. Thread-safe.
/// </summary>
/// <param name="context">Limits, and the memory that all queues share.</param>
/// <param name="trail">Writes a lasting session down; null for one that is in memory only.</param>
/// <param name="wake">Called when something may be written that had to wait for the disk.</param>
internal sealed class DeliveryQueue(SessionContext context, SessionTrail? trail = null, Action? wake = null)
{
    // What one entry of the queue of retained messages takes; the messages themselves belong to the retained store.
    private const int RetainedEntryBytes = 64;

    private readonly Lock _lock = new();
    private WaitingMessages? _waiting;
    private Queue<Delivery>? _retained;
    private InFlightWindow? _inFlight;

    // QoS 2 messages of a lasting session whose packet identifiers are on their way to the disk. Were one written before, a crash could give its
    // identifier to another message, which the client would take for the same and lose.
    private Queue<InFlightMessage>? _sealing;
    private int _window;
    private bool _isWaking;
    private bool _isAttached;
    private bool _ended;

    /// <summary>Messages that wait or are in flight.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return (_waiting?.Count ?? 0) + (_inFlight?.Count ?? 0);
        }
    }

    /// <summary>Messages that are in flight; part of <see cref="Count"/>.</summary>
    public int InFlight
    {
        get
        {
            lock (_lock) return _inFlight?.Count ?? 0;
        }
    }

    /// <summary>How ready the client is for one more message.</summary>
    public Readiness Readiness
    {
        get
        {
            lock (_lock)
            {
                if (_waiting is { IsFull: true }) return _isAttached ? Readiness.Full : Readiness.AbsentAndFull;
                if (!_isAttached) return Readiness.Absent;
                return (_waiting?.Count ?? 0) + (_inFlight?.Open ?? 0) < _window ? Readiness.Ready : Readiness.Busy;
            }
        }
    }

    /// <summary>Queues a delivery; answers how many had to go for it, or null when the session is over.</summary>
    public int? Enqueue(in Delivery delivery)
    {
        lock (_lock) return _ended ? null : (_waiting ??= new WaitingMessages(context, trail)).Add(in delivery, _isAttached);
    }

    /// <summary>
    /// Queues a retained message for a new subscription. These come all at once and go before what waits, so they have room of their own; the
    /// messages themselves are shared with the retained store. They are not kept for a client that leaves: it gets them when it subscribes again.
    /// </summary>
    /// <returns>False when there is no room.</returns>
    public bool EnqueueRetained(in Delivery delivery)
    {
        lock (_lock)
        {
            if (_ended || (_retained?.Count ?? 0) >= context.Options.MaxRetainedMessages + context.Options.MaxQueuedMessages) return false;
            if (!context.Budget.TryTake(RetainedEntryBytes)) return false;
            (_retained ??= new Queue<Delivery>()).Enqueue(delivery);
            return true;
        }
    }

    /// <summary>A connection begins: everything in flight is written again, in its first order [MQTT-4.4.0-1], [MQTT-4.6.0-1].</summary>
    /// <param name="window">How many QoS 1 and 2 messages may be open at once.</param>
    public void Attach(int window)
    {
        lock (_lock)
        {
            _window = window;
            _isAttached = true;
            _sealing = null;
            _inFlight?.Attach();
        }
    }

    /// <summary>The connection ended: QoS 0 messages have nobody to wait for.</summary>
    public void Detach()
    {
        lock (_lock)
        {
            _isAttached = false;
            ForgetRetained();
            _waiting?.RemoveWhere(d => d.Qos == QualityOfService.AtMostOnce);
            if (_waiting is { Count: 0 }) _waiting = null;
        }
    }

    /// <summary>The next packet to write, if the window allows one.</summary>
    public bool TryNext(DateTimeOffset now, out OutgoingPacket next)
    {
        lock (_lock)
        {
            next = default;
            if (_inFlight is not { HasAgain: true }) return TryFresh(now, out next);
            if (!_inFlight.TryPeekAgain(_window, out var message)) return !_inFlight.HasAgain && TryFresh(now, out next);
            if (!IsOnDisk(message)) return false;
            _inFlight.TakeAgain();
            next = new OutgoingPacket(message.Delivery, message.PacketId, Duplicate: true, IsRelease: message.Received);
            return true;
        }
    }

    /// <summary>The answer that the client owes under a packet identifier; null when it owes none.</summary>
    public PacketType? Awaited(ushort packetId)
    {
        lock (_lock) return _inFlight?.Awaited(packetId);
    }

    /// <summary>PUBACK, PUBCOMP, or a PUBREC that refuses: the message is done.</summary>
    /// <returns>Whether the packet identifier was in use.</returns>
    public bool Complete(ushort packetId)
    {
        lock (_lock) return _inFlight?.Complete(packetId) ?? false;
    }

    /// <summary>PUBREC: the message is not written again from here on, only its PUBREL.</summary>
    /// <param name="packetId">Its packet identifier.</param>
    /// <param name="position">What must be on disk before the PUBREL goes out; 0 for nothing.</param>
    public bool MarkReceived(ushort packetId, out long position)
    {
        position = 0;
        lock (_lock) return _inFlight?.MarkReceived(packetId, out position) ?? false;
    }

    /// <summary>Takes deliveries back that the client may not have any more.</summary>
    public int Withdraw(Func<Delivery, bool> goes)
    {
        lock (_lock)
        {
            var count = _waiting?.RemoveWhere(goes) ?? 0;
            for (var left = _retained?.Count ?? 0; left > 0; left--)
            {
                var delivery = _retained!.Dequeue();
                if (!goes(delivery))
                {
                    _retained.Enqueue(delivery);
                    continue;
                }

                context.Budget.Return(RetainedEntryBytes);
                count++;
            }

            return count + (_inFlight?.Withdraw(goes) ?? 0);
        }
    }

    /// <summary>The session is over.</summary>
    /// <returns>
    /// What it had from shared subscriptions and did not acknowledge, for other members of the groups: all at QoS 1, and at QoS 2 what was never sent
    /// (MQTT 5.0 section 4.8.2).
    /// </returns>
    public IReadOnlyList<Delivery> End()
    {
        lock (_lock)
        {
            _ended = true;
            ForgetRetained();
            var left = new List<Delivery>();
            foreach (var message in _inFlight?.End() ?? [])
            {
                if (message.Delivery is { Shared: not null, Qos: QualityOfService.AtLeastOnce }) left.Add(message.Delivery);
            }

            while (_waiting is { Count: > 0 })
            {
                var delivery = _waiting.Take();
                context.Budget.Return(delivery.Message.Cost);
                if (delivery.Shared is not null && delivery.Qos != QualityOfService.AtMostOnce) left.Add(delivery);
            }

            _waiting = null;
            _inFlight = null;
            return left;
        }
    }

    /// <summary>Puts back what was in flight before a restart, in order.</summary>
    public void RestoreInFlight(in Delivery delivery, ushort packetId, bool received) =>
        (_inFlight ??= new InFlightWindow(context, trail)).Restore(in delivery, packetId, received);

    /// <summary>Puts back what waited before a restart, in order.</summary>
    public void RestoreWaiting(in Delivery delivery) => (_waiting ??= new WaitingMessages(context, trail)).Restore(in delivery);

    private bool TryFresh(DateTimeOffset now, out OutgoingPacket next)
    {
        while (true)
        {
            if (TrySealed(out next)) return true;
            if (!TryPeek(out var delivery, out var retained)) break;
            if (_sealing is { Count: > 0 } && delivery.Qos != QualityOfService.ExactlyOnce) break;
            Take(retained);
            if (delivery.Message.IsExpired(now))
            {
                Discard(in delivery, retained);
                continue;
            }

            if (delivery.Qos == QualityOfService.AtMostOnce)
            {
                if (!retained) context.Budget.Return(delivery.Message.Cost);
                next = new OutgoingPacket(delivery, 0, Duplicate: false, IsRelease: false);
                return true;
            }

            var message = (_inFlight ??= new InFlightWindow(context, trail)).Add(in delivery, retained);
            (_sealing ??= new Queue<InFlightMessage>()).Enqueue(message);
        }

        return false;
    }

    // Everything with an identifier passes here; only QoS 2 of a lasting session ever waits.
    private bool TrySealed(out OutgoingPacket next)
    {
        next = default;
        while (_sealing is { } sealing && sealing.TryPeek(out var message))
        {
            if (!IsOnDisk(message)) return false;
            sealing.Dequeue();
            if (!_inFlight!.Holds(message) || message.Received) continue;
            next = new OutgoingPacket(message.Delivery, message.PacketId, Duplicate: false, IsRelease: false);
            return true;
        }

        return false;
    }

    private bool TryPeek(out Delivery delivery, out bool retained)
    {
        retained = _retained is { Count: > 0 };
        delivery = default;
        if (!(retained ? _retained!.TryPeek(out delivery) : _waiting?.TryPeek(out delivery) ?? false)) return false;
        return delivery.Qos == QualityOfService.AtMostOnce || (_inFlight?.Open ?? 0) < _window;
    }

    private void Take(bool retained)
    {
        if (retained)
        {
            _retained!.Dequeue();
            context.Budget.Return(RetainedEntryBytes);
            if (_retained.Count == 0) _retained = null;
        }
        else
        {
            _waiting!.Take();
        }
    }

    private void Discard(in Delivery delivery, bool retained)
    {
        if (retained) return;
        context.Budget.Return(delivery.Message.Cost);
        trail?.Dropped(in delivery);
    }

    private void ForgetRetained()
    {
        context.Budget.Return((_retained?.Count ?? 0) * RetainedEntryBytes);
        _retained = null;
    }

    private bool IsOnDisk(InFlightMessage message)
    {
        if (trail is null || message.Position <= trail.DurableThrough) return true;
        if (_isWaking) return false;
        _isWaking = true;
        _ = WakeWhenDurableAsync(message.Position);
        return false;
    }

    private async Task WakeWhenDurableAsync(long position)
    {
        try
        {
            await trail!.WaitUntilDurableAsync(position);
        }
        catch (IOException)
        {
            // The store has failed and said so; QoS 2 waits for the next start.
            return;
        }

        lock (_lock) _isWaking = false;
        wake?.Invoke();
    }
}

/// <summary>How ready a client is for one more message; the best comes first.</summary>
internal enum Readiness : byte
{
    /// <summary>It is connected, and the message goes out at once.</summary>
    Ready,

    /// <summary>It is connected, and others wait before the message.</summary>
    Busy,

    /// <summary>It is away, and has room.</summary>
    Absent,

    /// <summary>It is connected, and an older message goes for this one.</summary>
    Full,

    /// <summary>It is away, and an older message goes for this one.</summary>
    AbsentAndFull,
}
