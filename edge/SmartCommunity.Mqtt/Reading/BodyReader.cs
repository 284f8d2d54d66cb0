using System.Buffers.Binary;
using SmartCommunity.Mqtt.Framing;
using SmartCommunity.Mqtt.Properties;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Mqtt.Reading;

/// <summary>Reads MQTT's data types (MQTT 5.0 section 1.5) from the body of a packet. A body that ends too early is malformed.</summary>
/// <param name="body">The bytes to read.</param>
/// <param name="section">The section of MQTT 5.0 that says how long they are; named when a field does not fit.</param>
internal ref struct BodyReader(ReadOnlySpan<byte> body, string section = BodyReader.RemainingLength)
{
    /// <summary>The section about the remaining length of a packet.</summary>
    public const string RemainingLength = "2.1.4";

    /// <summary>The section about the length of a property block.</summary>
    public const string PropertyLength = "2.2.2.1";

    private readonly string _section = section;
    private ReadOnlySpan<byte> _rest = body;

    public readonly int Remaining => _rest.Length;

    public readonly ReadOnlySpan<byte> Rest => _rest;

    public byte Byte() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    public int VariableInt()
    {
        if (!Framing.VariableInt.TryRead(_rest, out var value, out var size)) TooShort();
        _rest = _rest[size..];
        return value;
    }

    // binary data, UTF-8 string = length (2 bytes) bytes
    public ReadOnlySpan<byte> Binary() => Take(UInt16());

    public string Text() => Utf8Rules.Decode(Binary());

    /// <summary>A packet identifier; 0 breaks the protocol, with the reason that other servers give for this packet.</summary>
    public ushort PacketId(ReasonCode ifZero = ReasonCode.ProtocolError)
    {
        var id = UInt16();
        if (id == 0) Violation.With(ifZero, "MQTT-2.2.1-3", "The packet identifier is 0.");
        return id;
    }

    // properties = length (variable byte integer) { identifier value }
    public PropertyReader Properties(PropertyScope scope, ReadLimits limits)
    {
        var length = VariableInt();
        if (length > _rest.Length) Violation.Malformed(PropertyLength, "The properties are longer than the packet.");
        return new PropertyReader(Take(length), scope, limits);
    }

    public readonly void End()
    {
        if (_rest.Length > 0) Violation.Malformed(_section, $"{_rest.Length} bytes follow the end of the packet's content.");
    }

    public ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)_rest.Length) TooShort();
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private readonly void TooShort() => Violation.Malformed(_section, "The bytes end inside a field.");
}
