using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Framing;

/// <summary>The Variable Byte Integer (MQTT 5.0 section 1.5.5): 7 bits per byte, least significant first, 1 to 4 bytes, as few as possible.</summary>
public static class VariableInt
{
    /// <summary>The largest value: 268,435,455.</summary>
    public const int MaxValue = 0x0FFF_FFFF;

    /// <summary>How many bytes the value takes: 1 to 4.</summary>
    public static int Size(int value) => value switch
    {
        < 0x80 => 1,
        < 0x4000 => 2,
        < 0x20_0000 => 3,
        _ => 4,
    };

    /// <summary>Writes the value and returns how many bytes it took.</summary>
    public static int Write(Span<byte> target, int value)
    {
        var written = 0;
        while (value >= 0x80)
        {
            target[written++] = (byte)(value | 0x80);
            value >>= 7;
        }

        target[written++] = (byte)value;
        return written;
    }

    /// <summary>Reads a value; false when the bytes end before it does.</summary>
    /// <exception cref="MqttProtocolException">A fifth byte, or more bytes than the value needs [MQTT-1.5.5-1].</exception>
    public static bool TryRead(ReadOnlySpan<byte> source, out int value, out int size)
    {
        value = 0;
        for (size = 0; size < source.Length;)
        {
            var next = source[size];
            value |= (next & 0x7F) << (7 * size);
            size++;
            if (next < 0x80)
            {
                if (next == 0 && size > 1)
                    Violation.Malformed("MQTT-1.5.5-1", "A variable byte integer is longer than it needs to be.");
                return true;
            }

            if (size == 4)
                Violation.Malformed("1.5.5", "A variable byte integer has more than four bytes.");
        }

        return false;
    }
}
