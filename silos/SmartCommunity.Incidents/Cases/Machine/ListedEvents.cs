using System.Collections.Immutable;

namespace SmartCommunity.Incidents.Cases.Machine;

/// <summary>The events that a case lists: the one that began it, and the latest.</summary>
internal static class ListedEvents
{
    /// <summary>Those of the events that the list does not have, each once.</summary>
    public static ImmutableArray<IncidentEvent> New(ImmutableArray<IncidentEvent> listed, ImmutableArray<IncidentEvent> events)
    {
        var known = listed.Select(item => (item.Device, item.Id)).ToHashSet();
        return [.. events.Where(item => known.Add((item.Device, item.Id)))];
    }

    /// <summary>The list with further events: by time, and never longer than the limit. The first event stays, as it is why there is a case.</summary>
    public static ImmutableArray<IncidentEvent> Add(ImmutableArray<IncidentEvent> listed, ImmutableArray<IncidentEvent> events, int limit)
    {
        ImmutableArray<IncidentEvent> all = [.. listed.Concat(events).OrderBy(item => item.Time)];
        return all.Length <= limit ? all : [all[0], .. all.AsSpan()[^(limit - 1)..]];
    }
}
