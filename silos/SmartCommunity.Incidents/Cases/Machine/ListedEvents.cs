using System.Collections.Immutable;

namespace SmartCommunity.Incidents.Cases.Machine;

/// <summary>The events that a case lists: the one that began it, and the latest.</summary>
internal static class ListedEvents
{
    /// <summary>Those of the events that the case has not had yet, each once.</summary>
    /// <remarks>
    /// Of what is no longer listed only its place in time is known: an event from there is taken for a replay, which is likelier than one that comes so late.
    /// </remarks>
    /// <param name="listed">The list.</param>
    /// <param name="inAll">How many the case has had.</param>
    /// <param name="events">What is said to be new.</param>
    public static ImmutableArray<IncidentEvent> New(ImmutableArray<IncidentEvent> listed, int inAll, ImmutableArray<IncidentEvent> events)
    {
        var known = listed.Select(item => (item.Device, item.Id)).ToHashSet();
        var forgottenUntil = inAll > listed.Length ? listed[1].Time : DateTimeOffset.MinValue;
        return [.. events.Where(item => item.Time > forgottenUntil && known.Add((item.Device, item.Id)))];
    }

    /// <summary>The list with further events: by time, and never longer than the limit. The first event stays, as it is why there is a case.</summary>
    public static ImmutableArray<IncidentEvent> Add(ImmutableArray<IncidentEvent> listed, ImmutableArray<IncidentEvent> events, int limit)
    {
        ImmutableArray<IncidentEvent> all = [.. listed.Concat(events).OrderBy(item => item.Time)];
        return all.Length <= limit ? all : [all[0], .. all.AsSpan()[^(limit - 1)..]];
    }
}
