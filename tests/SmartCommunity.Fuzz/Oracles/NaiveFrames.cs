namespace SmartCommunity.Fuzz.Oracles;

/// <summary>Cuts one whole buffer into packets, as section 2.1 reads: the packets, and how it ends.</summary>
/// <param name="maxPacketSize">The largest packet that is accepted.</param>
/// <param name="bug">A planted mistake, for the canary; 0 for none.</param>
public sealed class NaiveFrames(int maxPacketSize, int bug = 0)
{
    private static readonly int[] FlagsOfType = [-1, 0, 0, -2, 0, 0, 2, 0, 2, 0, 2, 0, 0, 0, 0, 0];

    /// <summary>One line per packet, and «violation», «partial» or «end» at last.</summary>
    public List<string> Cut(byte[] stream)
    {
        var lines = new List<string>();
        var at = 0;
        while (at < stream.Length)
        {
            var expected = FlagsOfType[stream[at] >> 4];
            if (expected == -1 || (expected >= 0 && (stream[at] & 15) != expected)) return [.. lines, "violation"];
            var length = 0L;
            var size = 0;
            while (true)
            {
                if (size == 4) return [.. lines, "violation"];
                if (at + 1 + size >= stream.Length) return [.. lines, "partial"];
                var next = stream[at + 1 + size];
                length += (long)(next & 127) << (7 * size);
                size++;
                if (next >= 128) continue;
                if (next == 0 && size > 1 && bug != 1) return [.. lines, "violation"];
                break;
            }

            var whole = 1 + size + length;
            if (whole > maxPacketSize + (bug == 2 ? 1 : 0)) return [.. lines, "violation"];
            if (at + whole > stream.Length) return [.. lines, "partial"];
            lines.Add($"{stream[at]:X2} {Convert.ToHexString(stream, at + 1 + size, (int)length)}");
            at += (int)whole;
        }

        return [.. lines, "end"];
    }
}
