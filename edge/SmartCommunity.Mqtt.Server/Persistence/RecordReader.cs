using System.Text;

namespace SmartCommunity.Mqtt.Server.Persistence;

/// <summary>Reads what <see cref="RecordWriter"/> wrote. Checksums have been checked; what is still wrong was written by another version.</summary>
internal ref struct RecordReader(ReadOnlySpan<byte> record)
{
    private ReadOnlySpan<byte> _rest = record;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>What has not been read.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    public byte Byte() => Take(1)[0];

    public long Number()
    {
        var value = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return (long)value;
        }

        throw new StateFormatException("A number does not end.");
    }

    public int Int() => Number() is var value and >= 0 and <= int.MaxValue ? (int)value : throw new StateFormatException("A number is out of range.");

    public ushort PacketId() => Number() is var value and > 0 and <= ushort.MaxValue
        ? (ushort)value
        : throw new StateFormatException("Not a packet identifier.");

    public DateTimeOffset Time() => Number() is var ms and >= 0 and < 253_402_300_800_000
        ? DateTimeOffset.FromUnixTimeMilliseconds(ms)
        : throw new StateFormatException("A time is out of range.");

    public ReadOnlySpan<byte> Bytes() => Take(Int());

    public string Text() => Encoding.UTF8.GetString(Bytes());

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length) throw new StateFormatException("The record ends early.");
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}

/// <summary>A whole record of the state says something that this version does not understand.</summary>
internal sealed class StateFormatException(string message) : Exception(message);
