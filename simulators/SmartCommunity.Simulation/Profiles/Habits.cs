namespace SmartCommunity.Simulation.Profiles;

/// <summary>When people of a residential community do what. Shapes after the usual load curves of Chinese housing: peaks at 7–9 and 17–21.</summary>
public static class Habits
{
    /// <summary>People passing doors, lobbies and lifts: out in the morning, back in the evening.</summary>
    public static WeekProfile ComingAndGoing { get; } = new(
        new(0.2, 0.1, 0.05, 0.05, 0.1, 0.4, 1.2, 2.6, 2.4, 1.2, 0.9, 1.1, 1.5, 1.0, 0.8, 0.9, 1.2, 1.9, 2.6, 2.3, 1.6, 1.1, 0.7, 0.4),
        new(0.3, 0.15, 0.1, 0.05, 0.1, 0.3, 0.7, 1.1, 1.5, 1.8, 1.9, 1.7, 1.4, 1.2, 1.4, 1.6, 1.7, 1.7, 1.6, 1.5, 1.3, 1.0, 0.7, 0.5),
        0.9);

    /// <summary>Being at home: high at night and in the evening.</summary>
    public static WeekProfile AtHome { get; } = new(
        new(1.4, 1.4, 1.4, 1.4, 1.4, 1.4, 1.3, 1.0, 0.6, 0.45, 0.4, 0.45, 0.55, 0.5, 0.4, 0.4, 0.5, 0.8, 1.1, 1.3, 1.4, 1.4, 1.4, 1.4),
        new(1.3, 1.3, 1.3, 1.3, 1.3, 1.3, 1.3, 1.2, 1.0, 0.8, 0.7, 0.75, 0.85, 0.8, 0.7, 0.65, 0.7, 0.8, 1.0, 1.1, 1.2, 1.3, 1.3, 1.3),
        1.15);

    /// <summary>Drawing water: mornings, cooking, evening showers.</summary>
    public static WeekProfile Water { get; } = new(
        new(0.3, 0.15, 0.1, 0.1, 0.15, 0.5, 1.5, 2.2, 1.5, 0.9, 0.9, 1.3, 1.2, 0.7, 0.6, 0.6, 0.9, 1.6, 1.8, 1.7, 1.9, 1.9, 1.3, 0.7),
        new(0.4, 0.2, 0.1, 0.1, 0.15, 0.3, 0.8, 1.5, 1.9, 1.7, 1.4, 1.5, 1.3, 0.9, 0.8, 0.8, 1.0, 1.5, 1.7, 1.6, 1.8, 1.8, 1.3, 0.7),
        1.2);

    /// <summary>Drawing power: lighting, lifts, cooking, air conditioning.</summary>
    public static WeekProfile Power { get; } = new(
        new(0.6, 0.5, 0.45, 0.45, 0.45, 0.5, 0.8, 1.0, 0.9, 0.8, 0.85, 1.0, 1.1, 0.95, 0.85, 0.85, 0.95, 1.2, 1.6, 1.9, 1.9, 1.7, 1.3, 0.9),
        new(0.7, 0.6, 0.5, 0.5, 0.5, 0.5, 0.6, 0.8, 1.0, 1.1, 1.1, 1.2, 1.2, 1.1, 1.0, 1.0, 1.1, 1.3, 1.6, 1.7, 1.7, 1.5, 1.2, 0.9),
        1.1);
}
