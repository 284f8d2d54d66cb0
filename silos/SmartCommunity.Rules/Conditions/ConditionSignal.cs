using SmartCommunity.Events;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Plans;

namespace SmartCommunity.Rules.Conditions;

/// <summary>What a policy says about one condition after one input. All times are Unix milliseconds.</summary>
internal readonly struct ConditionSignal
{
    /// <summary>Holds, Unsure or Over.</summary>
    public required ConditionInput Input { get; init; }

    /// <summary>The dedup key.</summary>
    public required string Key { get; init; }

    /// <summary>The sort of condition.</summary>
    public required ConditionSpec Spec { get; init; }

    /// <summary>The rule and the device that it comes from.</summary>
    public required RuleBinding Binding { get; init; }

    /// <summary>When the source says so.</summary>
    public required long At { get; init; }

    /// <summary>Since when it holds, if longer than <see cref="At"/>.</summary>
    public long? Since { get; init; }

    /// <summary>The confirm window in milliseconds, where it is not that of <see cref="Spec"/>.</summary>
    public long? Confirm { get; init; }

    /// <summary>Ends by itself this many milliseconds after the last report, where it is not as in <see cref="Spec"/>.</summary>
    public long? Lasts { get; init; }

    /// <summary>How urgent, where it is not that of <see cref="Spec"/>.</summary>
    public Severity? Severity { get; init; }

    /// <summary>The event that says so; null for samples and silence.</summary>
    public CommunityEvent? Event { get; init; }

    /// <summary>A number for the text, for example the value that passed a limit.</summary>
    public double? Value { get; init; }

    /// <summary>A text for the text, for example a plate.</summary>
    public string? Detail { get; init; }

    /// <summary>Another key under which the same condition may be meant later, for example by track when the plate is not read.</summary>
    public string? Alias { get; init; }
}

/// <summary>Where policies send their signals.</summary>
internal interface ISignalSink
{
    /// <summary>Takes a signal.</summary>
    void Send(in ConditionSignal signal);

    /// <summary>The key of the condition that has this key or alias and is open at a time (Unix ms), or null. What was due for it by then happens first.</summary>
    string? FindOpen(string keyOrAlias, long at);
}
