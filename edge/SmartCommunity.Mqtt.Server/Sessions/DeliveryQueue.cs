using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Routing;

namespace SmartCommunity.Mqtt.Server.Sessions;

/// <summary>What waits for one client and what is on its way to it: bounded, in order, and written again after a reconnect. Thread-safe.</summary>
internal sealed class DeliveryQueue(MqttServerOptions options)
{
    private readonly Lock _lock = new();
    private readonly Queue<Delivery> _waiting = new();
    private readonly Queue<Delivery> _retained = new();
    private readonly Queue<InFlightMessage> _again = new();
    private Dictionary<ushort, InFlightMessage>? _inFlight;
    private long _waitingBytes;
    private long _order;
    private int _window;
    private int _open;
    private ushort _lastId;

    public int Count
    {
        get
        {
            lock (_lock) return _waiting.Count + (_inFlight?.Count ?? 0);
        }
    }

    /// <summary>Queues a delivery; answers how many older ones had to go.</summary>
    public int Enqueue(in Delivery delivery)
    {
        lock (_lock)
        {
            var dropped = 0;
            var cost = delivery.Message.Cost;
            while (_waiting.Count > 0 && (_waiting.Count >= options.MaxQueuedMessages || _waitingBytes + cost > options.MaxQueuedBytes))
            {
                _waitingBytes -= _waiting.Dequeue().Message.Cost;
                dropped++;
            }

            _waiting.Enqueue(delivery);
            _waitingBytes += cost;
            return dropped;
        }
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
            if (_retained.Count >= options.MaxRetainedMessages + options.MaxQueuedMessages) return false;
            _retained.Enqueue(delivery);
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
            _open = 0;
            _again.Clear();
            if (_inFlight is null) return;
            foreach (var message in _inFlight.Values.OrderBy(m => m.Order))
            {
                message.IsOpen = false;
                _again.Enqueue(message);
            }
        }
    }

    /// <summary>The connection ended: QoS 0 messages have nobody to wait for.</summary>
    public void Detach()
    {
        lock (_lock)
        {
            _retained.Clear();
            for (var left = _waiting.Count; left > 0; left--)
            {
                var delivery = _waiting.Dequeue();
                if (delivery.Qos == QualityOfService.AtMostOnce) _waitingBytes -= delivery.Message.Cost;
                else _waiting.Enqueue(delivery);
            }
        }
    }

    /// <summary>The next packet to write, if the window allows one.</summary>
    public bool TryNext(DateTimeOffset now, out OutgoingPacket next)
    {
        lock (_lock)
        {
            if (TryAgain(out next)) return true;
            while (_again.Count == 0 && TryTake(out var delivery))
            {
                if (delivery.Message.IsExpired(now)) continue;
                next = new OutgoingPacket(delivery, Open(delivery), Duplicate: false, IsRelease: false);
                return true;
            }

            next = default;
            return false;
        }
    }

    /// <summary>PUBACK, PUBCOMP, or a PUBREC that refuses: the message is done.</summary>
    /// <returns>Whether the packet identifier was in use.</returns>
    public bool Complete(ushort packetId)
    {
        lock (_lock)
        {
            if (_inFlight is null || !_inFlight.Remove(packetId, out var message)) return false;
            if (message.IsOpen) _open--;
            return true;
        }
    }

    /// <summary>PUBREC: the message is not written again from here on, only its PUBREL.</summary>
    public bool MarkReceived(ushort packetId)
    {
        lock (_lock)
        {
            if (_inFlight is null || !_inFlight.TryGetValue(packetId, out var message) || message.Delivery.Qos != QualityOfService.ExactlyOnce) return false;
            message.Received = true;
            return true;
        }
    }

    private bool TryAgain(out OutgoingPacket next)
    {
        while (_open < _window && _again.TryDequeue(out var message))
        {
            if (!_inFlight!.ContainsKey(message.PacketId)) continue;
            message.IsOpen = true;
            _open++;
            next = new OutgoingPacket(message.Delivery, message.PacketId, Duplicate: true, IsRelease: message.Received);
            return true;
        }

        next = default;
        return false;
    }

    private ushort Open(in Delivery delivery)
    {
        if (delivery.Qos == QualityOfService.AtMostOnce) return 0;
        _inFlight ??= [];
        do _lastId = _lastId == ushort.MaxValue ? (ushort)1 : (ushort)(_lastId + 1);
        while (_inFlight.ContainsKey(_lastId));
        _inFlight.Add(_lastId, new InFlightMessage(delivery, _lastId, _order++) { IsOpen = true });
        _open++;
        return _lastId;
    }

    private bool TryTake(out Delivery delivery)
    {
        var from = _retained.Count > 0 ? _retained : _waiting;
        if (!from.TryPeek(out delivery)) return false;
        if (delivery.Qos != QualityOfService.AtMostOnce && _open >= _window) return false;
        from.Dequeue();
        if (from == _waiting) _waitingBytes -= delivery.Message.Cost;
        return true;
    }
}
