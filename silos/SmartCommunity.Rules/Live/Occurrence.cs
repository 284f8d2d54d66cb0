using SmartCommunity.Events;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Places;

namespace SmartCommunity.Rules.Live;

/// <summary>One time that a condition holds, from the first suspicion until it has recovered. All times are Unix milliseconds.</summary>
internal sealed class Occurrence
{
    /// <summary>The most events that wait to be told with the alarm: a confirm window's worth; what comes on top adds nothing to the reason.</summary>
    public const int MaxPending = 16;

    /// <summary>No time: it does not end by itself.</summary>
    public const long Never = long.MaxValue;

    /// <summary>Since when it holds.</summary>
    public required long Since { get; set; }

    /// <summary>The confirm window.</summary>
    public required long Confirm { get; set; }

    /// <summary>When it ends by itself, or <see cref="Never"/>.</summary>
    public long ExpiresAt { get; set; } = Never;

    /// <summary>The first event or sample.</summary>
    public required string FirstCause { get; init; }

    /// <summary>The worst so far.</summary>
    public required Severity Severity { get; set; }

    /// <summary>The best so far.</summary>
    public double Confidence { get; set; }

    /// <summary>When a source last said that it holds.</summary>
    public long LastReport { get; set; }

    /// <summary>How many reports said that it holds.</summary>
    public int Reports { get; set; }

    /// <summary>The latest number, for the text.</summary>
    public double? Value { get; set; }

    /// <summary>The latest text, for the text.</summary>
    public string? Detail { get; set; }

    /// <summary>Another key by which it may be meant.</summary>
    public string? Alias { get; set; }

    /// <summary>The devices that say so, the first one first.</summary>
    public List<DeviceFacts> Sources { get; } = [];

    /// <summary>Events that the outside has not been told of.</summary>
    public List<CommunityEvent> Pending { get; } = [];

    /// <summary>Counts a device among the sources, once.</summary>
    public void AddSource(DeviceFacts device)
    {
        foreach (var source in Sources)
        {
            if (source.Id == device.Id)
            {
                return;
            }
        }

        Sources.Add(device);
    }

    /// <summary>Keeps an event until the outside is told.</summary>
    public void AddPending(CommunityEvent? item)
    {
        if (item is not null && Pending.Count < MaxPending)
        {
            Pending.Add(item);
        }
    }
}
