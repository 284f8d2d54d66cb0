using System.Text;

namespace SmartCommunity.Fuzz.Oracles;

/// <summary>Thrown by the oracles where the specification refuses what they read.</summary>
public sealed class RefusedException(string why) : Exception(why);

/// <summary>Reads MQTT's data types one byte at a time, as section 1.5 describes them. Slow on purpose.</summary>
public sealed class NaiveCursor(byte[] bytes)
{
    private int _at;

    public int Left => bytes.Length - _at;

    public int Byte()
    {
        if (_at >= bytes.Length) throw new RefusedException("too short");
        return bytes[_at++];
    }

    public int UInt16() => (Byte() * 256) + Byte();

    public long UInt32() => (UInt16() * 65_536L) + UInt16();

    // The algorithm of section 1.5.5, and the rule that the shortest form is used.
    public int VariableInt()
    {
        var value = 0;
        var multiplier = 1;
        for (var count = 1; ; count++)
        {
            var encoded = Byte();
            value += (encoded & 127) * multiplier;
            if ((encoded & 128) == 0)
            {
                if (count > 1 && encoded == 0) throw new RefusedException("not the shortest form");
                return value;
            }

            if (count == 4) throw new RefusedException("a fifth byte");
            multiplier *= 128;
        }
    }

    public byte[] Bytes(int count)
    {
        var taken = new byte[count];
        for (var i = 0; i < count; i++) taken[i] = (byte)Byte();
        return taken;
    }

    public byte[] Binary() => Bytes(UInt16());

    public string Text() => Decode(Binary());

    public byte[] Rest() => Bytes(Left);

    public void End()
    {
        if (Left > 0) throw new RefusedException("too long");
    }

    // RFC 3629, table 3.1, by hand; then the rules of MQTT.
    private static string Decode(byte[] text)
    {
        var result = new StringBuilder();
        for (var i = 0; i < text.Length;)
        {
            int first = text[i++];
            var (more, scalar) = first switch
            {
                < 0x80 => (0, first),
                >= 0xC2 and < 0xE0 => (1, first & 0x1F),
                >= 0xE0 and < 0xF0 => (2, first & 0x0F),
                >= 0xF0 and < 0xF5 => (3, first & 0x07),
                _ => throw new RefusedException("no first byte of a character"),
            };
            for (var n = 0; n < more; n++)
            {
                if (i >= text.Length || (text[i] & 0xC0) != 0x80) throw new RefusedException("a character is cut off");
                scalar = (scalar << 6) | (text[i++] & 0x3F);
            }

            int[] least = [0, 0x80, 0x800, 0x1_0000];
            if (scalar < least[more] || scalar > 0x10_FFFF || scalar is >= 0xD800 and <= 0xDFFF) throw new RefusedException("no Unicode character");
            if (scalar == 0) throw new RefusedException("U+0000");
            result.Append(char.ConvertFromUtf32(scalar));
        }

        return result.ToString();
    }
}
