namespace SmartCommunity.Communities.Files;

/// <summary>How large a community file may be. It comes from outside, and is held in memory whole.</summary>
public sealed record CommunityFileLimits
{
    /// <summary>The longest text, in characters. Default 32 Mi: a hundred thousand devices at some hundred characters each.</summary>
    public int MaxCharacters { get; init; } = 32 * 1024 * 1024;

    /// <summary>The deepest nesting. Default 12: the deepest that the format has is 5.</summary>
    public int MaxDepth { get; init; } = 12;

    /// <summary>The most grids. Default 1,000: a large street has some hundred.</summary>
    public int MaxGrids { get; init; } = 1_000;

    /// <summary>The most buildings. Default 10,000.</summary>
    public int MaxBuildings { get; init; } = 10_000;

    /// <summary>The most zones. Default 20,000: two for each building.</summary>
    public int MaxZones { get; init; } = 20_000;

    /// <summary>The most devices. Default 200,000: twenty for each building.</summary>
    public int MaxDevices { get; init; } = 200_000;

    /// <summary>The most people. Default 10,000: they are staff, not residents.</summary>
    public int MaxPeople { get; init; } = 10_000;

    /// <summary>The most rules. Default 1,000: each device is checked against each of them when a place starts.</summary>
    public int MaxRules { get; init; } = 1_000;

    /// <summary>The most problems that are listed. Default 1,000: nobody reads more, and an answer must stay small.</summary>
    public int MaxProblems { get; init; } = 1_000;
}
