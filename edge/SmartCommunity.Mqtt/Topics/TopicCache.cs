using System.Numerics;
using System.Runtime.InteropServices;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Topics;

/// <summary>
/// Remembers the last topics that one connection used, so that a device which publishes on the same few topics costs no decoding, checking or
/// allocation. Direct-mapped: a new topic evicts the one in its slot. Not thread-safe.
/// </summary>
/// <param name="capacity">Topics kept at most; a power of two. Nothing is allocated before the first topic.</param>
/// <param name="limits">How long and how deep a topic name may be; null is <see cref="ReadLimits.Default"/>.</param>
public sealed class TopicCache(int capacity = 16, ReadLimits? limits = null)
{
    private readonly ReadLimits _limits = limits ?? ReadLimits.Default;
    private readonly int _capacity = BitOperations.IsPow2(capacity) ? capacity : throw new ArgumentOutOfRangeException(nameof(capacity));
    private TopicName? _last;
    private TopicName?[]? _slots;

    /// <summary>The topic of these bytes, checked.</summary>
    /// <exception cref="Protocol.MqttProtocolException">The bytes are not a valid topic name.</exception>
    public TopicName Get(ReadOnlySpan<byte> utf8)
    {
        if (_last is { } last && utf8.SequenceEqual(last.Utf8.Span)) return last;
        if (_slots is null && _last is null) return _last = TopicName.Read(utf8, _limits);

        _slots ??= new TopicName?[_capacity];
        ref var slot = ref _slots[Hash(utf8) & (_capacity - 1)];
        if (slot is null || !utf8.SequenceEqual(slot.Utf8.Span)) slot = TopicName.Read(utf8, _limits);
        return _last = slot;
    }

    // Topics of one connection differ near their end or in the middle; a weak hash costs a decode at most, and only to that connection.
    private static int Hash(ReadOnlySpan<byte> utf8)
    {
        var hash = (ulong)utf8.Length * 0x9E37_79B9_7F4A_7C15;
        while (utf8.Length >= sizeof(ulong))
        {
            hash = (hash ^ MemoryMarshal.Read<ulong>(utf8)) * 0x9E37_79B9_7F4A_7C15;
            hash ^= hash >> 32;
            utf8 = utf8[sizeof(ulong)..];
        }

        foreach (var b in utf8) hash = (hash ^ b) * 0x0000_0100_0000_01B3;
        return (int)(hash >> 33);
    }
}
