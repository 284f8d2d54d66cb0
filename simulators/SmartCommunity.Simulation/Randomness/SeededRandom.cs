using System.Numerics;
using System.Text;

namespace SmartCommunity.Simulation.Randomness;

/// <summary>
/// The only source of chance in a simulation: xoshiro256** started by SplitMix64 (Blackman and Vigna, prng.di.unimi.it). The same seed
/// gives the same numbers on every runtime version, which <see cref="Random"/> does not promise. Not thread-safe; fork one per owner.
/// </summary>
public sealed class SeededRandom
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    /// <summary>Starts a sequence.</summary>
    /// <param name="seed">Any number; equal seeds give equal sequences.</param>
    public SeededRandom(ulong seed)
    {
        Seed = seed;
        _a = SplitMix(ref seed);
        _b = SplitMix(ref seed);
        _c = SplitMix(ref seed);
        _d = SplitMix(ref seed);
    }

    /// <summary>What the sequence was started with.</summary>
    public ulong Seed { get; }

    /// <summary>
    /// An independent sequence that depends on this one's seed and the name only, not on how many numbers were drawn: one more
    /// device in a world leaves all others as they were.
    /// </summary>
    public SeededRandom Fork(string name) => new(Hashing.Mix(Seed, Hashing.Of(name)));

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>A number of [0, 1).</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number of [<paramref name="from"/>, <paramref name="to"/>).</summary>
    public double Between(double from, double to) => from + ((to - from) * NextDouble());

    /// <summary>A duration of [<paramref name="from"/>, <paramref name="to"/>).</summary>
    public TimeSpan Between(TimeSpan from, TimeSpan to) => from + ((to - from) * NextDouble());

    /// <summary>A whole number of [<paramref name="from"/>, <paramref name="to"/>).</summary>
    public int Whole(int from, int to) => from + (int)(NextDouble() * (to - from));

    /// <summary>True in that share of all calls.</summary>
    public bool Chance(double probability) => NextDouble() < probability;

    /// <summary>One of the items.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[Whole(0, items.Count)];

    /// <summary>Normally distributed around 0 (Box and Muller), cut at four deviations: a sensor's noise has no miracles.</summary>
    public double Noise(double deviation)
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        return deviation * Math.Clamp(radius * Math.Cos(2 * Math.PI * NextDouble()), -4, 4);
    }

    /// <summary>How many of something that happens <paramref name="mean"/> times on average (Poisson); the mean must be below 50.</summary>
    public int Count(double mean)
    {
        var limit = Math.Exp(-mean);
        var product = NextDouble();
        var count = 0;
        for (; product > limit; count++) product *= NextDouble();
        return count;
    }

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E37_79B9_7F4A_7C15;
        return Hashing.Finish(state);
    }
}

/// <summary>Hashes that are the same in every process, unlike <see cref="HashCode"/>.</summary>
internal static class Hashing
{
    /// <summary>FNV-1a of the text's UTF-8.</summary>
    public static ulong Of(string text)
    {
        var hash = 0xCBF2_9CE4_8422_2325;
        foreach (var value in Encoding.UTF8.GetBytes(text)) hash = (hash ^ value) * 0x0000_0100_0000_01B3;
        return hash;
    }

    public static ulong Mix(ulong left, ulong right) => Finish(left ^ BitOperations.RotateLeft(right * 0x9E37_79B9_7F4A_7C15, 23));

    /// <summary>[0, 1), equal for equal arguments.</summary>
    public static double Unit(ulong seed, long index) => (Mix(seed, (ulong)index) >> 11) * (1.0 / (1UL << 53));

    /// <summary>SplitMix64's output function.</summary>
    public static ulong Finish(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58_476D_1CE4_E5B9;
        value = (value ^ (value >> 27)) * 0x94D0_49BB_1331_11EB;
        return value ^ (value >> 31);
    }
}
