namespace SmartCommunity.Simulation.Payloads;

/// <summary>What an event says, apart from its time.</summary>
/// <param name="Id">Unique per device; makes a resend harmless.</param>
/// <param name="Kind">One of the event kinds.</param>
public sealed record EventContent(string Id, string Kind)
{
    /// <summary>Whether it begins (true) or ends (false); null for a momentary event. Written as <c>data.active</c>.</summary>
    public bool? Active { get; init; }

    /// <summary>0 to 1; null when the device makes no estimate.</summary>
    public double? Confidence { get; init; }

    /// <summary>What else the device says, in this order.</summary>
    public IReadOnlyList<EventField> Data { get; init; } = [];

    /// <summary>A picture, by reference.</summary>
    public string? EvidenceUri { get; init; }

    /// <summary>
    /// An event id made of the time and some chance: a simulation that is started again with the same seed on the same data says new things,
    /// not the old ones once more.
    /// </summary>
    public static string IdAt(DateTimeOffset time, Randomness.SeededRandom random) =>
        $"{time.ToUnixTimeMilliseconds():x}-{(uint)random.NextBits():x8}";
}

/// <summary>One field of an event's data: a text or a number.</summary>
public readonly record struct EventField
{
    public EventField(string name, string text)
    {
        Name = name;
        Text = text;
    }

    public EventField(string name, double number)
    {
        Name = name;
        Number = number;
    }

    public string Name { get; }

    /// <summary>The text; null when it is a number.</summary>
    public string? Text { get; }

    public double Number { get; }
}
