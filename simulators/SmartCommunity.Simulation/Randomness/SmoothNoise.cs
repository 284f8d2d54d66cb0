namespace SmartCommunity.Simulation.Randomness;

/// <summary>
/// A slow, smooth drift of [-1, 1] as a pure function of time: weather, drafts, the mood of a day. Nothing is remembered, so a simulation
/// that is started again goes on where the old one would be.
/// </summary>
/// <param name="random">Where the seed comes from; forked, not drawn from.</param>
/// <param name="name">Tells several drifts of one owner apart.</param>
/// <param name="period">The time between two independent values.</param>
public sealed class SmoothNoise(SeededRandom random, string name, TimeSpan period)
{
    private readonly ulong _seed = random.Fork(name).Seed;

    /// <summary>The drift at a time.</summary>
    public double At(DateTimeOffset time)
    {
        var position = time.UtcTicks / (double)period.Ticks;
        var index = (long)Math.Floor(position);
        var part = position - index;
        var weight = part * part * (3 - (2 * part));
        var here = Hashing.Unit(_seed, index);
        var next = Hashing.Unit(_seed, index + 1);
        return (2 * (here + ((next - here) * weight))) - 1;
    }
}
