namespace SmartCommunity.Fuzz.Engine;

/// <summary>Changes bytes a little: flips, replaces, removes, inserts, repeats a piece, or puts a number there that is interesting in this protocol.</summary>
public static class Mutator
{
    private static readonly byte[] Interesting = [0x00, 0x01, 0x02, 0x03, 0x0B, 0x1F, 0x23, 0x26, 0x2B, 0x2F, 0x7F, 0x80, 0x81, 0xC0, 0xC2, 0xED, 0xF4, 0xFF];

    /// <summary>A changed copy; the first <paramref name="keep"/> bytes stay.</summary>
    public static byte[] Mutate(byte[] bytes, Random random, int keep = 0)
    {
        var list = bytes.ToList();
        for (var times = random.Next(0, 5); times > 0; times--)
        {
            var at = random.Next(keep, list.Count + 1);
            switch (random.Next(7))
            {
                case 0 when at < list.Count: list[at] ^= (byte)(1 << random.Next(8)); break;
                case 1 when at < list.Count: list[at] = Interesting[random.Next(Interesting.Length)]; break;
                case 2 when at < list.Count: list.RemoveRange(at, random.Next(1, Math.Min(4, list.Count - at) + 1)); break;
                case 3 when at < list.Count: list.InsertRange(at, list.GetRange(at, random.Next(1, Math.Min(8, list.Count - at) + 1))); break;
                case 4 when at < list.Count: list[at] = (byte)random.Next(256); break;
                case 5 when at > keep && at < list.Count: Repeat(list, at, random); break;
                default: list.Insert(at, Interesting[random.Next(Interesting.Length)]); break;
            }
        }

        return [.. list];
    }

    // Repeats a piece and lengthens a length before it, so that blocks stay whole now and then.
    private static void Repeat(List<byte> list, int at, Random random)
    {
        var length = random.Next(1, Math.Min(8, list.Count - at) + 1);
        list.InsertRange(at, list.GetRange(at, length));
        list[random.Next(Math.Max(0, at - 6), at)] += (byte)length;
    }
}
