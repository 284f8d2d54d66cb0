using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Events;

/// <summary>Something that a device or a person says happened.</summary>
public sealed record CommunityEvent
{
    /// <summary>The longest event id, in characters.</summary>
    public const int MaxIdLength = 128;

    /// <summary>
    /// What makes a resend harmless: unique per device, at most <see cref="MaxIdLength"/> characters. Empty as long as the device gave none and the
    /// journal sequence, which stands in for it (<see cref="EventBatch.DerivedEventId"/>), is not known yet.
    /// </summary>
    public string Id { get; init; } = "";

    /// <summary>Who says so.</summary>
    public required DeviceId Device { get; init; }

    /// <summary>What happened.</summary>
    public required EventKind Kind { get; init; }

    /// <summary>Whether it is momentary, begins, or ends. Default: momentary.</summary>
    public EventPhase Phase { get; init; }

    /// <summary>When it happened: what the device says, or the time of receipt when that makes no sense.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Whether <see cref="Time"/> is the time of receipt.</summary>
    public bool TimeIsReceipt { get; init; }

    /// <summary>How sure the source is, 0 to 1; null when it makes no estimate.</summary>
    public double? Confidence { get; init; }

    /// <summary>Backfilled history: stored, but never raises a live alarm.</summary>
    public bool Historical { get; init; }

    /// <summary>What else the source said.</summary>
    public EventData Data { get; init; } = EventData.Empty;

    /// <summary>Pictures and clips, by reference.</summary>
    public IReadOnlyList<EvidenceLink> Evidence { get; init; } = [];
}

/// <summary>A picture, clip or reading that supports an event.</summary>
/// <param name="Type">The media type, for example <c>image/jpeg</c>.</param>
/// <param name="Uri">Where it is.</param>
public sealed record EvidenceLink(string Type, string Uri);
