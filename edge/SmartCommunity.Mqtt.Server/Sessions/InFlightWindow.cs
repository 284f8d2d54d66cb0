using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Routing;

namespace SmartCommunity.Mqtt.Server.Sessions;

/// <summary>
/// The QoS 1 and 2 messages that are on their way to one client, by packet identifier, and which of them are written again on a new connection.
/// Not thread-safe.
/// </summary>
internal sealed class InFlightWindow(SessionContext context, SessionTrail? trail)
{
    private readonly Dictionary<ushort, InFlightMessage> _messages = [];
    private Queue<InFlightMessage>? _again;
    private long _order;
    private int _open;
    private ushort _lastId;

    public int Count => _messages.Count;

    /// <summary>How many were written on this connection and are not done.</summary>
    public int Open => _open;

    /// <summary>Whether messages of an earlier connection are left to write; new ones come behind them.</summary>
    public bool HasAgain => _again is { Count: > 0 };

    /// <summary>Everything is written again, in its first order.</summary>
    public void Attach()
    {
        _open = 0;
        _again = _messages.Count == 0 ? null : new Queue<InFlightMessage>(_messages.Values.OrderBy(m => m.Order));
        foreach (var message in _messages.Values) message.IsOpen = false;
    }

    /// <summary>The next message to write again.</summary>
    public bool TryPeekAgain(int window, out InFlightMessage message)
    {
        message = null!;
        while (_open < window && _again is { } again && again.TryPeek(out var next))
        {
            if (Holds(next))
            {
                message = next;
                return true;
            }

            again.Dequeue();
        }

        return false;
    }

    /// <summary>The message that was peeked is written now.</summary>
    public void TakeAgain()
    {
        _again!.Dequeue().IsOpen = true;
        _open++;
    }

    /// <summary>Gives a message a packet identifier.</summary>
    public InFlightMessage Add(in Delivery delivery, bool wasRetained)
    {
        do _lastId = _lastId == ushort.MaxValue ? (ushort)1 : (ushort)(_lastId + 1);
        while (_messages.ContainsKey(_lastId));
        var message = new InFlightMessage(delivery, _lastId, _order++) { IsOpen = true, Charge = delivery.Message.Cost };
        if (wasRetained) context.Budget.Take(message.Charge);
        var position = trail?.Sent(_lastId, in delivery, wasRetained) ?? 0;
        if (delivery.Qos == QualityOfService.ExactlyOnce) message.Position = position;
        _messages.Add(_lastId, message);
        _open++;
        return message;
    }

    /// <summary>Puts a message back that was in flight before a restart; in order.</summary>
    public void Restore(in Delivery delivery, ushort packetId, bool received)
    {
        var message = new InFlightMessage(delivery, packetId, _order++) { Received = received, Charge = delivery.Message?.Cost ?? 0 };
        context.Budget.Take(message.Charge);
        _messages[packetId] = message;
        _lastId = packetId;
    }

    public bool Holds(InFlightMessage message) => _messages.TryGetValue(message.PacketId, out var held) && ReferenceEquals(held, message);

    public PacketType? Awaited(ushort packetId) => !_messages.TryGetValue(packetId, out var message) ? null
        : message.Delivery.Qos != QualityOfService.ExactlyOnce ? PacketType.PubAck
        : message.Received ? PacketType.PubComp : PacketType.PubRec;

    public bool Complete(ushort packetId)
    {
        if (!_messages.Remove(packetId, out var message)) return false;
        if (message.IsOpen) _open--;
        context.Budget.Return(message.Charge);
        trail?.Completed(packetId);
        return true;
    }

    public bool MarkReceived(ushort packetId, out long position)
    {
        position = 0;
        if (!_messages.TryGetValue(packetId, out var message) || message.Delivery.Qos != QualityOfService.ExactlyOnce) return false;
        Receive(message);
        position = message.Position;
        return true;
    }

    /// <summary>
    /// Takes messages back. One at QoS 2 can not be taken back once its identifier is known to the client; it is released instead, without being sent again.
    /// </summary>
    public int Withdraw(Func<Delivery, bool> goes)
    {
        var chosen = _messages.Values.Where(m => !m.Received && goes(m.Delivery)).ToList();
        foreach (var message in chosen)
        {
            if (message.Delivery.Qos == QualityOfService.ExactlyOnce) Receive(message);
            else Complete(message.PacketId);
        }

        return chosen.Count;
    }

    /// <summary>Everything that is in flight, in order; the session is over, and its memory is given back.</summary>
    public IReadOnlyList<InFlightMessage> End()
    {
        var all = _messages.Values.OrderBy(m => m.Order).ToList();
        foreach (var message in all) context.Budget.Return(message.Charge);
        _messages.Clear();
        _again = null;
        return all;
    }

    private void Receive(InFlightMessage message)
    {
        if (message.Received) return;
        message.Received = true;
        message.Position = trail?.Received(message.PacketId) ?? 0;
    }
}
