using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using SmartCommunity.Events.Ids;

namespace SmartCommunity.Events.Batches;

/// <summary>Writes one batch; see the grammar at <see cref="EventBatchCodec"/>.</summary>
internal ref struct BatchWriter(IBufferWriter<byte> destination, long receivedAt)
{
    private Span<byte> _free;
    private int _used;

    // Nearly every message speaks for one device with a handful of metrics, so that a linear search beats a dictionary.
    private readonly List<string> _devices = [];
    private readonly List<string> _metrics = [];

    public void WriteHeader(EventBatch batch)
    {
        foreach (var sample in batch.Samples)
        {
            Register(_devices, sample.Device.Value);
            Register(_metrics, sample.Metric);
        }

        foreach (var item in batch.Events)
        {
            Register(_devices, item.Device.Value);
        }

        WriteByte(EventBatchCodec.Version);
        WriteByte(batch.DeadLetter is null ? (byte)0 : EventBatchCodec.HasDeadLetter);
        WriteInt64(receivedAt);
        WriteTexts(_devices);
        WriteTexts(_metrics);
    }

    public void WriteSamples(IReadOnlyList<Sample> samples)
    {
        WriteVarint((uint)samples.Count);
        foreach (var sample in samples)
        {
            WriteVarint(IndexOf(_devices, sample.Device.Value));
            WriteVarint(IndexOf(_metrics, sample.Metric));
            WriteTime(sample.Time);
            WriteInt64(BitConverter.DoubleToInt64Bits(sample.Value));
        }
    }

    public void WriteEvents(IReadOnlyList<CommunityEvent> events)
    {
        WriteVarint((uint)events.Count);
        foreach (var item in events)
        {
            WriteByte((byte)((item.Confidence.HasValue ? EventBatchCodec.HasConfidence : 0) | (item.Data.Utf8.IsEmpty ? 0 : EventBatchCodec.HasData)
                | (item.TimeIsReceipt ? EventBatchCodec.TimeIsReceipt : 0) | (item.Historical ? EventBatchCodec.Historical : 0)));
            WriteVarint(IndexOf(_devices, item.Device.Value));
            WriteVarint((ushort)item.Kind);
            WriteByte((byte)item.Phase);
            WriteTime(item.Time);
            WriteText(item.Id);
            if (item.Confidence is { } confidence)
            {
                WriteInt64(BitConverter.DoubleToInt64Bits(confidence));
            }

            if (!item.Data.Utf8.IsEmpty)
            {
                WriteBytes(item.Data.Utf8.Span);
            }

            WriteVarint((uint)item.Evidence.Count);
            foreach (var link in item.Evidence)
            {
                WriteText(link.Type);
                WriteText(link.Uri);
            }
        }
    }

    public void WriteDeadLetter(DeadLetter? letter)
    {
        if (letter is not null)
        {
            WriteText(letter.Publisher?.Value ?? "");
            WriteText(letter.Topic);
            WriteBytes(letter.Payload.Span);
            WriteText(letter.Decoder);
            WriteText(letter.Reason);
        }
    }

    public void Flush()
    {
        destination.Advance(_used);
        _free = default;
        _used = 0;
    }

    private static void Register(List<string> table, string text)
    {
        if (IndexOf(table, text) == uint.MaxValue)
        {
            table.Add(text);
        }
    }

    private static uint IndexOf(List<string> table, string text)
    {
        var span = CollectionsMarshal.AsSpan(table);
        for (var i = span.Length - 1; i >= 0; i--)
        {
            if (string.Equals(span[i], text, StringComparison.Ordinal))
            {
                return (uint)i;
            }
        }

        return uint.MaxValue;
    }

    private void WriteTexts(List<string> texts)
    {
        WriteVarint((uint)texts.Count);
        foreach (var text in texts)
        {
            WriteText(text);
        }
    }

    private void WriteTime(DateTimeOffset time)
    {
        var delta = time.ToUnixTimeMilliseconds() - receivedAt;
        WriteVarint((ulong)((delta << 1) ^ (delta >> 63)));
    }

    private void WriteText(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        WriteVarint((uint)length);
        Encoding.UTF8.GetBytes(text, Reserve(length));
        _used += length;
    }

    private void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        WriteVarint((uint)bytes.Length);
        bytes.CopyTo(Reserve(bytes.Length));
        _used += bytes.Length;
    }

    private void WriteByte(byte value)
    {
        Reserve(1)[0] = value;
        _used++;
    }

    private void WriteInt64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Reserve(8), value);
        _used += 8;
    }

    private void WriteVarint(ulong value)
    {
        var span = Reserve(10);
        var i = 0;
        for (; value >= 0x80; value >>= 7)
        {
            span[i++] = (byte)(value | 0x80);
        }

        span[i++] = (byte)value;
        _used += i;
    }

    private Span<byte> Reserve(int size)
    {
        if (_free.Length - _used < size)
        {
            if (_used > 0)
            {
                destination.Advance(_used);
                _used = 0;
            }

            _free = destination.GetSpan(Math.Max(size, 256));
        }

        return _free[_used..];
    }
}
