using System.Diagnostics;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Server.Connections;

/// <summary>
/// The acknowledgements that wait for their message to be durable, in the order of the messages [MQTT-4.6.0-2], [MQTT-4.6.0-3]. Written by the read
/// loop, emptied by the pump.
/// </summary>
internal sealed class AckQueue
{
    private readonly Lock _lock = new();
    private Entry[] _ring = [];
    private int _head;
    private int _count;
    private int _pubAcks;

    /// <summary>How many wait.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>How many of them end a message's place in the receive maximum: all but the PUBRECs that succeed.</summary>
    public int ClosingCount => Volatile.Read(ref _pubAcks);

    /// <summary>Adds an acknowledgement.</summary>
    /// <param name="position">The receiver's position that must be durable first; 0 for none.</param>
    /// <param name="ack">What to write then.</param>
    public void Add(long position, in AckPacket ack) => Add(position, 0, in ack);

    /// <summary>Adds an acknowledgement that waits for the sessions' state as well.</summary>
    /// <param name="position">The receiver's position that must be durable first; 0 for none.</param>
    /// <param name="state">The position of the sessions' state that must be durable too; 0 for none.</param>
    /// <param name="ack">What to write then.</param>
    public void Add(long position, long state, in AckPacket ack)
    {
        lock (_lock)
        {
            if (_count == _ring.Length) Grow();
            _ring[(_head + _count) & (_ring.Length - 1)] = new Entry(position, state, ack.PacketId, ack.Type, ack.Reason);
            _count++;
            if (Closes(ack.Type, ack.Reason)) _pubAcks++;
        }
    }

    /// <summary>The positions that the oldest waits for; false when none waits.</summary>
    public bool TryPeek(out long position, out long state)
    {
        lock (_lock)
        {
            (position, state) = _count == 0 ? (0, 0) : (_ring[_head].Position, _ring[_head].State);
            return _count > 0;
        }
    }

    /// <summary>Takes the oldest acknowledgements whose positions are durable, as many as there is room for.</summary>
    public int Take(long durableThrough, long stateThrough, Span<AckPacket> into)
    {
        lock (_lock)
        {
            var taken = 0;
            while (taken < into.Length && _count > 0 && _ring[_head].Position <= durableThrough && _ring[_head].State <= stateThrough)
            {
                ref readonly var entry = ref _ring[_head];
                into[taken++] = new AckPacket(entry.Type, entry.PacketId, entry.Reason);
                if (Closes(entry.Type, entry.Reason)) _pubAcks--;
                _head = (_head + 1) & (_ring.Length - 1);
                _count--;
            }

            Debug.Assert(_pubAcks >= 0 && _pubAcks <= _count);
            return taken;
        }
    }

    private static bool Closes(PacketType type, ReasonCode reason) => type == PacketType.PubAck || reason.IsError();

    private void Grow()
    {
        var larger = new Entry[Math.Max(16, _ring.Length * 2)];
        for (var i = 0; i < _count; i++) larger[i] = _ring[(_head + i) & (_ring.Length - 1)];
        _ring = larger;
        _head = 0;
    }

    private readonly record struct Entry(long Position, long State, ushort PacketId, PacketType Type, ReasonCode Reason);
}
