using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using SmartCommunity.Events.Ids;

namespace SmartCommunity.Events.Batches;

/// <summary>Writes one batch; see the grammar at <see cref="EventBatchCodec"/>.</summary>
internal ref struct BatchWriter(IBufferWriter<byte> destination, long receivedAt)
{
    private const int MaxVarintBytes = 10;
    private const int MaxSampleBytes = (3 * MaxVarintBytes) + sizeof(long);

    // Up to here the bytes of a text need no more than one byte for their length, whatever its characters.
    private const int ShortText = 0x7F / 3;

    private Span<byte> _free;
    private int _used;

    // Nearly every message speaks for one device with a handful of metrics, so that a linear search beats a dictionary.
    private readonly List<string> _devices = new(1);
    private readonly List<string> _metrics = new(16);

    public void WriteHeader(EventBatch batch)
    {
        foreach (ref readonly var sample in SpanOf(batch.Samples))
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
        var next = 0;
        foreach (ref readonly var sample in SpanOf(samples))
        {
            var span = Reserve(MaxSampleBytes);
            var length = PutVarint(span, IndexOf(_devices, sample.Device.Value));

            // Messages name their metrics in turn: the next one is mostly the one behind the last.
            next = next < _metrics.Count && ReferenceEquals(_metrics[next], sample.Metric) ? next : (int)IndexOf(_metrics, sample.Metric);
            length += PutVarint(span[length..], (uint)next++);
            length += PutVarint(span[length..], ZigZag(sample.Time));
            BinaryPrimitives.WriteInt64LittleEndian(span[length..], BitConverter.DoubleToInt64Bits(sample.Value));
            _used += length + sizeof(long);
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

    private void WriteTime(DateTimeOffset time) => WriteVarint(ZigZag(time));

    private readonly ulong ZigZag(DateTimeOffset time)
    {
        var delta = time.ToUnixTimeMilliseconds() - receivedAt;
        return (ulong)((delta << 1) ^ (delta >> 63));
    }

    private void WriteText(string text)
    {
        if (text.Length <= ShortText)
        {
            var span = Reserve(1 + (3 * text.Length));
            var bytes = Encoding.UTF8.GetBytes(text, span[1..]);
            span[0] = (byte)bytes;
            _used += bytes + 1;
            return;
        }

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
        // In two steps: reserving may begin a new span, and changes what is used.
        var span = Reserve(MaxVarintBytes);
        _used += PutVarint(span, value);
    }

    private static int PutVarint(Span<byte> span, ulong value)
    {
        var i = 0;
        for (; value >= 0x80; value >>= 7)
        {
            span[i++] = (byte)(value | 0x80);
        }

        span[i++] = (byte)value;
        return i;
    }

    private static ReadOnlySpan<Sample> SpanOf(IReadOnlyList<Sample> samples) => samples switch
    {
        List<Sample> list => CollectionsMarshal.AsSpan(list),
        Sample[] array => array,
        _ => samples.ToArray(),
    };

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
