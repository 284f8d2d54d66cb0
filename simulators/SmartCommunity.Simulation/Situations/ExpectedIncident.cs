using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Simulation.Situations;

/// <summary>The ground truth of a situation: an incident that a system which watches must raise.</summary>
public sealed record ExpectedIncident
{
    /// <summary>What it is about, for example <c>illegal-parking</c>.</summary>
    public required string Kind { get; init; }

    public required Severity Severity { get; init; }

    public required GridId Grid { get; init; }

    public BuildingId? Building { get; init; }

    /// <summary>The zone that the device watches, or null.</summary>
    public ZoneId? Zone { get; init; }

    /// <summary>The device that causes it.</summary>
    public required DeviceId Device { get; init; }

    /// <summary>What the dedup key ends with, after community and rule; for a duress the event's id follows.</summary>
    public required string KeyHint { get; init; }

    /// <summary>When all that it takes has happened, from the start of the situation: the delay of the system counts from there.</summary>
    public required TimeSpan DueAt { get; init; }

    /// <summary>How many events are its evidence; 0 when it comes of samples or silence.</summary>
    public int Events { get; init; } = 1;

    /// <summary>Whether the script shows that it is over.</summary>
    public bool Recovers { get; init; }
}
