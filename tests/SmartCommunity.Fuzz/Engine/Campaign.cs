using System.Diagnostics;

namespace SmartCommunity.Fuzz.Engine;

/// <summary>
/// Plays seeded rounds until one finds something. Inside <c>dotnet test</c> that is a fixed number of rounds from a fixed seed, a few seconds; with
/// SMARTCOMMUNITY_FUZZ_SECONDS it is that long, and SMARTCOMMUNITY_FUZZ_SEED says where to begin (round n of a seed is the same in every run).
/// </summary>
public static class Campaign
{
    private const int DefaultSeed = 20_261_120;

    /// <summary>Plays rounds; each says what it found, or null.</summary>
    /// <param name="rounds">How many there are when no time is asked for.</param>
    /// <param name="play">One round, with its own source of randomness.</param>
    public static Finding? Run(int rounds, Func<Random, Finding?> play)
    {
        var seed = Number("SMARTCOMMUNITY_FUZZ_SEED") ?? DefaultSeed;
        var seconds = Number("SMARTCOMMUNITY_FUZZ_SECONDS");
        var watch = Stopwatch.StartNew();
        for (var round = 0; seconds is { } limit ? watch.Elapsed.TotalSeconds < limit : round < rounds; round++)
        {
            var finding = Play(play, new Random(HashCodeOf(seed, round)));
            if (finding is not null) return finding with { Seed = seed, Round = round };
        }

        return null;
    }

    private static Finding? Play(Func<Random, Finding?> play, Random random)
    {
        try
        {
            return play(random);
        }
        catch (InputException failed)
        {
            return new Finding($"an exception that must not escape: {failed.InnerException}", failed.Input);
        }
    }

    // Not HashCode.Combine, which differs from process to process.
    private static int HashCodeOf(int seed, int round) => unchecked((seed * 397) ^ (round * (int)0x9E37_79B1));

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : null;
}

/// <summary>Something that is wrong, and how to see it again.</summary>
/// <param name="What">What is wrong.</param>
/// <param name="Input">The bytes that show it.</param>
public sealed record Finding(string What, byte[] Input)
{
    public int Seed { get; init; }

    public int Round { get; init; }

    public override string ToString() => $"seed {Seed}, round {Round}: {What}{Environment.NewLine}input: {Convert.ToHexString(Input)}";
}

/// <summary>Something other than a protocol violation came out of the code under test.</summary>
public sealed class InputException(byte[] input, Exception inner) : Exception("see the inner exception", inner)
{
    public byte[] Input => input;
}
