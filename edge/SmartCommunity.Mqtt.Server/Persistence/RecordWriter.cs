using System.Text;

namespace SmartCommunity.Mqtt.Server.Persistence;

/// <summary>Builds one record of the state. One per thread, used again and again, so that a record costs no allocation.</summary>
/// <remarks>number = LEB128, text = number utf8, bytes = number byte*, time = number of milliseconds since 1970 in UTC.</remarks>
internal sealed class RecordWriter
{
    // A message of 1 MiB must not keep its buffer for ever.
    private const int KeptBytes = 64 * 1024;

    [ThreadStatic]
    private static RecordWriter? ofThread;

    private byte[] _bytes = new byte[512];
    private int _used;

    /// <summary>The record so far; valid until the next <see cref="Begin"/> of this thread.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _used);

    /// <summary>Starts a record with this thread's writer, whose previous record is gone then.</summary>
    public static RecordWriter Begin(StateRecordKind kind)
    {
        var writer = ofThread ??= new RecordWriter();
        if (writer._bytes.Length > KeptBytes) writer._bytes = new byte[512];
        writer._used = 0;
        return writer.Byte((byte)kind);
    }

    public RecordWriter Byte(byte value)
    {
        Room(1)[0] = value;
        _used++;
        return this;
    }

    public RecordWriter Number(long value)
    {
        var room = Room(10);
        var rest = (ulong)value;
        var length = 0;
        while (rest >= 0x80)
        {
            room[length++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        room[length++] = (byte)rest;
        _used += length;
        return this;
    }

    public RecordWriter Time(DateTimeOffset time) => Number(Math.Max(0, time.ToUnixTimeMilliseconds()));

    public RecordWriter Bytes(ReadOnlySpan<byte> bytes)
    {
        Number(bytes.Length);
        return Raw(bytes);
    }

    public RecordWriter Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Number(length);
        Encoding.UTF8.GetBytes(text, Room(length));
        _used += length;
        return this;
    }

    /// <summary>Bytes without their length.</summary>
    public RecordWriter Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _used += bytes.Length;
        return this;
    }

    private Span<byte> Room(int bytes)
    {
        if (_bytes.Length - _used < bytes) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _used + bytes));
        return _bytes.AsSpan(_used);
    }
}
