namespace SmartCommunity.Simulation.Situations;

/// <summary>How often something goes wrong.</summary>
public sealed record DirectorOptions
{
    /// <summary>The mean time between two situations; 0 for none. Default: 30 s, often enough to be alive and calm enough to be followed.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How much an interval may differ from the mean, as a part of it, 0 to 1. Default: a third.</summary>
    public double Spread { get; init; } = 1.0 / 3;

    /// <summary>Situations at a time, at least 1. Default: 20; long ones (a held door, a silence) overlap with many short ones.</summary>
    public int MaxAtOnce { get; init; } = 20;

    /// <summary>How long a device has peace after a situation. Default: 3 min, above a falling object's window, so that two occurrences stay two.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>The situations that may come up; empty for all.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Throws when an option is out of its range.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; or a situation has no script.</exception>
    public void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Interval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegative(Spread);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Spread, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxAtOnce);
        ArgumentOutOfRangeException.ThrowIfLessThan(Rest, TimeSpan.Zero);
        if (Kinds.FirstOrDefault(kind => SituationCatalogue.Find(kind) is null) is { } unknown)
            throw new ArgumentException($"There is no situation '{unknown}'; there are {SituationCatalogue.Names}.");
    }
}
