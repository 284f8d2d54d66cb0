using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Conditions;
using SmartCommunity.Rules.Places;

namespace SmartCommunity.Rules.Texts;

/// <summary>What a person reads about a condition.</summary>
/// <param name="Title">What it is called: the same through the whole occurrence.</param>
/// <param name="Why">Why it is an alarm, in one sentence with the numbers in it.</param>
internal readonly record struct ConditionText(LocalizedText Title, LocalizedText Why);

/// <summary>What a policy may know of an occurrence when it puts it into words.</summary>
internal sealed record ConditionFacts
{
    public required ConditionSpec Spec { get; init; }

    /// <summary>The sources; the first is the one that opened the occurrence.</summary>
    public required IReadOnlyList<DeviceFacts> Devices { get; init; }

    /// <summary>The zone for which times are written.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>Since when it goes on, Unix ms.</summary>
    public required long Since { get; init; }

    /// <summary>When it moved, or the new evidence came, Unix ms.</summary>
    public required long At { get; init; }

    /// <summary>The latest report that says so, Unix ms.</summary>
    public required long LastReport { get; init; }

    /// <summary>How many reports said that it holds.</summary>
    public required int Reports { get; init; }

    /// <summary>How urgent.</summary>
    public required Severity Severity { get; init; }

    /// <summary>The best confidence so far, 0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>The confirm window that applied, in milliseconds.</summary>
    public required long Confirm { get; init; }

    public double? Value { get; init; }

    public string? Detail { get; init; }

    /// <summary>The device that opened the occurrence.</summary>
    public DeviceFacts Device => Devices[0];
}
