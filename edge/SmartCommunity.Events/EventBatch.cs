using System.Globalization;
using SmartCommunity.Events.Ids;

namespace SmartCommunity.Events;

/// <summary>What one published message says: the payload of one journal record.</summary>
/// <remarks>It may speak for several devices (a recorder, a radio gateway); each place takes what concerns its own devices.</remarks>
public sealed record EventBatch
{
    /// <summary>When the gateway took it.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The events, in the order of the message.</summary>
    public IReadOnlyList<CommunityEvent> Events { get; init; } = [];

    /// <summary>The samples, in the order of the message.</summary>
    public IReadOnlyList<Sample> Samples { get; init; } = [];

    /// <summary>The message itself, when all or a part of it was not understood.</summary>
    public DeadLetter? DeadLetter { get; init; }

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => Events.Count == 0 && Samples.Count == 0 && DeadLetter is null;

    /// <summary>The events with an id each: the device's, or the derived one.</summary>
    /// <param name="gateway">Whose journal.</param>
    /// <param name="sequence">The record's sequence.</param>
    public IEnumerable<CommunityEvent> IdentifiedEvents(GatewayId gateway, long sequence) =>
        Events.Select((item, index) => item.Id.Length > 0 ? item : item with { Id = DerivedEventId(gateway, sequence, index) });

    /// <summary>The id of an event whose device gave none: the same on every replay of the journal.</summary>
    /// <param name="gateway">Whose journal.</param>
    /// <param name="sequence">The record's sequence.</param>
    /// <param name="index">The event's place in the record, from 0.</param>
    public static string DerivedEventId(GatewayId gateway, long sequence, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{gateway.Value}:{sequence}:{index}");
}
