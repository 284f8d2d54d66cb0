using System.Runtime.CompilerServices;
using SmartCommunity.Events;

namespace SmartCommunity.Rules.Live;

/// <summary>The last eight events that a condition took, by a hash of device and id: enough for what one device has in flight for one matter.</summary>
internal struct RecentEvents
{
    /// <summary>How many are remembered.</summary>
    public const int Capacity = 8;

    private Slots _slots;

    /// <summary>The hashes, the latest anywhere; 0 is free.</summary>
    public readonly ulong this[int index] => _slots[index];

    /// <summary>How many have been added, modulo the capacity: where the next one goes.</summary>
    public byte Next { get; private set; }

    /// <summary>Whether no event has been added.</summary>
    public readonly bool IsEmpty => Next == 0 && _slots[0] == 0;

    public readonly bool Contains(ulong hash)
    {
        for (var i = 0; i < Capacity; i++)
        {
            if (_slots[i] == hash)
            {
                return true;
            }
        }

        return false;
    }

    public void Add(ulong hash)
    {
        _slots[Next] = hash;
        Next = (byte)((Next + 1) % Capacity);
    }

    /// <summary>Takes over what a checkpoint holds.</summary>
    public void Restore(ReadOnlySpan<ulong> hashes, byte next)
    {
        hashes.CopyTo(_slots);
        Next = next;
    }

    /// <summary>A hash that is the same in every process (FNV-1a), since it is stored; never 0 for an event with an id, 0 for one without.</summary>
    public static ulong HashOf(CommunityEvent item)
    {
        if (item.Id.Length == 0)
        {
            return 0;
        }

        var hash = Append(14695981039346656037UL, item.Device.Value);
        hash = Append((hash ^ '\n') * 1099511628211UL, item.Id);
        return hash == 0 ? 1 : hash;
    }

    private static ulong Append(ulong hash, string text)
    {
        foreach (var letter in text)
        {
            hash = (hash ^ letter) * 1099511628211UL;
        }

        return hash;
    }

    [InlineArray(Capacity)]
    private struct Slots
    {
        private ulong _first;
    }
}
