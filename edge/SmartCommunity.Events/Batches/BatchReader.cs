using System.Buffers.Binary;
using System.Text;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Events.Batches;

/// <summary>Reads one batch; see the grammar at <see cref="EventBatchCodec"/>.</summary>
internal ref struct BatchReader(ReadOnlySpan<byte> source)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly long MinTime = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long MaxTime = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private readonly ReadOnlySpan<byte> _source = source;
    private int _offset;
    private long _receivedAt;
    private string[] _devices = [];
    private string[] _metrics = [];

    public EventBatch ReadBatch()
    {
        var hasDeadLetter = ReadHeader(null);
        _metrics = ReadIdentifiers();
        var samples = ReadSamples();
        var events = ReadEvents();
        var letter = hasDeadLetter ? ReadDeadLetter() : null;
        Require(_offset == _source.Length, "bytes are left over");
        return new() { ReceivedAt = DateTimeOffset.FromUnixTimeMilliseconds(_receivedAt), Events = events, Samples = samples, DeadLetter = letter };
    }

    /// <summary>Reads up to the devices; true when a dead letter follows at the end.</summary>
    public bool ReadHeader(ICollection<DeviceId>? devices)
    {
        Require(ReadByte() == EventBatchCodec.Version, "its version is not known");
        var content = ReadByte();
        Require(content <= EventBatchCodec.HasDeadLetter, "its content flags are not known");
        _receivedAt = ReadInt64();
        Require(_receivedAt >= MinTime && _receivedAt <= MaxTime, "the time of receipt is out of range");
        _devices = ReadIdentifiers();
        foreach (var device in devices is null ? [] : _devices)
        {
            devices!.Add(DeviceId.FromTrusted(device));
        }

        return content == EventBatchCodec.HasDeadLetter;
    }

    private Sample[] ReadSamples()
    {
        var samples = ReadCount() is var count and > 0 ? new Sample[count] : [];
        for (var i = 0; i < samples.Length; i++)
        {
            var device = ReadEntry(_devices);
            var metric = ReadEntry(_metrics);
            samples[i] = new(DeviceId.FromTrusted(device), metric, ReadTime(), ReadDouble());
        }

        return samples;
    }

    private CommunityEvent[] ReadEvents()
    {
        var events = ReadCount() is var count and > 0 ? new CommunityEvent[count] : [];
        for (var i = 0; i < events.Length; i++)
        {
            events[i] = ReadEvent();
        }

        return events;
    }

    private CommunityEvent ReadEvent()
    {
        var flags = ReadByte();
        var device = DeviceId.FromTrusted(ReadEntry(_devices));
        Require(EventBatchCodec.IsKind(ReadVarint(), out var kind), "the event kind is not known");
        var phase = (EventPhase)ReadByte();
        Require(phase <= EventPhase.Stop, "the event phase is not known");
        var time = ReadTime();
        var id = ReadText();
        double? confidence = (flags & EventBatchCodec.HasConfidence) != 0 ? ReadDouble() : null;
        var data = (flags & EventBatchCodec.HasData) != 0 ? EventData.FromTrustedUtf8(ReadBytes().ToArray()) : EventData.Empty;
        var evidence = ReadCount() is var count and > 0 ? new EvidenceLink[count] : [];
        for (var i = 0; i < evidence.Length; i++)
        {
            evidence[i] = new(ReadText(), ReadText());
        }

        return new()
        {
            Id = id,
            Device = device,
            Kind = kind,
            Phase = phase,
            Time = time,
            TimeIsReceipt = (flags & EventBatchCodec.TimeIsReceipt) != 0,
            Historical = (flags & EventBatchCodec.Historical) != 0,
            Confidence = confidence,
            Data = data,
            Evidence = evidence,
        };
    }

    private DeadLetter ReadDeadLetter()
    {
        var publisher = ReadText();
        Require(publisher.Length == 0 || Identifier.IsValid(publisher), "the dead letter's publisher is not an id");
        return new(ReadText(), ReadBytes().ToArray(), publisher.Length == 0 ? null : DeviceId.FromTrusted(publisher), ReadText(), ReadText());
    }

    private string[] ReadIdentifiers()
    {
        var texts = ReadCount() is var count and > 0 ? new string[count] : [];
        for (var i = 0; i < texts.Length; i++)
        {
            var start = _offset;
            texts[i] = KnownIdentifiers.Get(ReadBytes()) ?? RefuseIdentifier(start);
        }

        return texts;
    }

    private string RefuseIdentifier(int start)
    {
        // Read once more to say what is wrong with it.
        _offset = start;
        var text = ReadText();
        Require(Identifier.IsValid(text), "an id has a character that ids do not have");
        return text;
    }

    private string ReadEntry(string[] table)
    {
        var index = ReadVarint();
        Require(index < (ulong)table.Length, "an entry points outside its table");
        return table[index];
    }

    private DateTimeOffset ReadTime()
    {
        var raw = ReadVarint();
        var time = unchecked(_receivedAt + ((long)(raw >> 1) ^ -(long)(raw & 1)));
        Require(time >= MinTime && time <= MaxTime, "a time is out of range");
        return DateTimeOffset.FromUnixTimeMilliseconds(time);
    }

    private double ReadDouble()
    {
        var value = BitConverter.Int64BitsToDouble(ReadInt64());
        Require(double.IsFinite(value), "a number is not finite");
        return value;
    }

    private string ReadText()
    {
        var start = _offset;
        try
        {
            return StrictUtf8.GetString(ReadBytes());
        }
        catch (DecoderFallbackException)
        {
            EventFormatException.Throw(start, "a text is not UTF-8");
            return "";
        }
    }

    private ReadOnlySpan<byte> ReadBytes()
    {
        var length = ReadVarint();
        Require(length <= (ulong)(_source.Length - _offset), "it ends early");
        var bytes = _source.Slice(_offset, (int)length);
        _offset += (int)length;
        return bytes;
    }

    private int ReadCount()
    {
        var count = ReadVarint();
        // Every entry takes at least one byte, so that a damaged count can not make us reserve more than the message itself.
        Require(count <= EventBatchCodec.MaxListLength && count <= (ulong)(_source.Length - _offset), "a list is longer than the bytes that are left");
        return (int)count;
    }

    private byte ReadByte()
    {
        Require(_offset < _source.Length, "it ends early");
        return _source[_offset++];
    }

    private long ReadInt64()
    {
        Require(_source.Length - _offset >= 8, "it ends early");
        var value = BinaryPrimitives.ReadInt64LittleEndian(_source[_offset..]);
        _offset += 8;
        return value;
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = ReadByte();
            Require(shift < 63 || next <= 1, "a number has more than 64 bits");
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        EventFormatException.Throw(_offset, "a number has more than 64 bits");
        return 0;
    }

    private readonly void Require(bool condition, string what)
    {
        if (!condition)
        {
            EventFormatException.Throw(_offset, what);
        }
    }
}
