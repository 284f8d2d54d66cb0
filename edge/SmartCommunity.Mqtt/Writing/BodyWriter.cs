using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using SmartCommunity.Mqtt.Framing;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Writing;

/// <summary>
/// Builds the body of a control packet, whose length must stand before it. One per thread and purpose, used again. PUBLISH and its answers do
/// not come this way unless they carry properties.
/// </summary>
internal sealed class BodyWriter
{
    private const int KeptCapacity = 64 * 1024;

    [ThreadStatic]
    private static BodyWriter? _body;

    [ThreadStatic]
    private static BodyWriter? _properties;

    private ArrayBufferWriter<byte> _buffer = new();

    /// <summary>This thread's writer for a body, empty.</summary>
    public static BodyWriter Body() => (_body ??= new()).Reset();

    /// <summary>This thread's writer for a property block, empty.</summary>
    public static BodyWriter Properties() => (_properties ??= new()).Reset();

    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    public BodyWriter Byte(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
        return this;
    }

    public BodyWriter UInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_buffer.GetSpan(2), value);
        _buffer.Advance(2);
        return this;
    }

    public BodyWriter UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_buffer.GetSpan(4), value);
        _buffer.Advance(4);
        return this;
    }

    public BodyWriter VariableInt(int value)
    {
        _buffer.Advance(Framing.VariableInt.Write(_buffer.GetSpan(4), value));
        return this;
    }

    public BodyWriter Binary(ReadOnlySpan<byte> value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value.Length, ushort.MaxValue, nameof(value));
        UInt16((ushort)value.Length);
        return Raw(value);
    }

    /// <exception cref="ArgumentException">The text holds U+0000 or a lone surrogate, or is longer than 65,535 bytes.</exception>
    public BodyWriter Text(string value)
    {
        if (value.Contains('\0')) throw new ArgumentException("MQTT strings can not hold U+0000.", nameof(value));
        var length = StrictUtf8.Encoding.GetByteCount(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, ushort.MaxValue, nameof(value));
        UInt16((ushort)length);
        _buffer.Advance(StrictUtf8.Encoding.GetBytes(value, _buffer.GetSpan(length)));
        return this;
    }

    public BodyWriter Raw(ReadOnlySpan<byte> value)
    {
        _buffer.Write(value);
        return this;
    }

    /// <summary>Writes a property block with its length.</summary>
    public BodyWriter Block(BodyWriter properties) => VariableInt(properties.Written.Length).Raw(properties.Written);

    /// <summary>Writes the finished packet: fixed header and body.</summary>
    public void Finish(IBufferWriter<byte> output, PacketType type, byte flags = 0)
    {
        var header = output.GetSpan(FrameHeader.MaxSize);
        header[0] = (byte)(((int)type << 4) | flags);
        output.Advance(1 + Framing.VariableInt.Write(header[1..], Written.Length));
        output.Write(Written);
    }

    private BodyWriter Reset()
    {
        // Clear and not ResetWrittenCount: a body may have held a password.
        if (_buffer.Capacity > KeptCapacity) _buffer = new();
        else _buffer.Clear();
        return this;
    }
}

/// <summary>UTF-8 that refuses what it can not encode, instead of writing U+FFFD.</summary>
internal static class StrictUtf8
{
    public static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
