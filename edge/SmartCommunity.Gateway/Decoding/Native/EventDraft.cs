using SmartCommunity.Events;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Gateway.Decoding.Json;

namespace SmartCommunity.Gateway.Decoding.Native;

/// <summary>An event while its fields are read.</summary>
internal struct EventDraft
{
    internal string? Id;
    internal EventKind Kind;
    internal EventPhase Phase;
    internal DeviceTime Time;
    internal double? Confidence;
    internal EventData? Data;
    internal IReadOnlyList<EvidenceLink>? Evidence;

    /// <summary>Why it is no event; the first reason stays.</summary>
    internal string? Error;

    /// <summary>What is wrong with it although it counts.</summary>
    internal string? Doubt;

    internal readonly CommunityEvent ToEvent(DeviceId device) => new()
    {
        Id = Id ?? "",
        Device = device,
        Kind = Kind,
        Phase = Phase,
        Time = Time.Value,
        TimeIsReceipt = Time.IsReceipt,
        Confidence = Confidence,
        Data = Data ?? EventData.Empty,
        Evidence = Evidence ?? [],
    };
}
