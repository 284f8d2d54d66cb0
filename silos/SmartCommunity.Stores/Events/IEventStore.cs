using System.Collections.Immutable;
using SmartCommunity.Events;
using SmartCommunity.Events.Ids;

namespace SmartCommunity.Stores.Events;

/// <summary>What was said to happen, kept for looking back and for back-tests. An event is identified by its device and id.</summary>
public interface IEventStore
{
    /// <summary>Stores events; one that is stored already is left as it is. They are on disk when it returns.</summary>
    ValueTask AppendAsync(IReadOnlyList<StoredEvent> events, CancellationToken cancellationToken);

    /// <summary>Whether an event is stored.</summary>
    ValueTask<bool> ExistsAsync(DeviceId device, string eventId, CancellationToken cancellationToken);

    /// <summary>The last events of a device, newest first.</summary>
    ValueTask<ImmutableArray<StoredEvent>> ListAsync(DeviceId device, int limit, CancellationToken cancellationToken);
}

/// <summary>An event as it is kept.</summary>
/// <param name="Event">The event; its id is never empty.</param>
/// <param name="Community">Whose.</param>
/// <param name="ReceivedAt">When the gateway took it.</param>
public sealed record StoredEvent(CommunityEvent Event, CommunityId Community, DateTimeOffset ReceivedAt);
