using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using SmartCommunity.Communities.Kinds;
using SmartCommunity.Communities.Model;
using SmartCommunity.Events;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Grains.Contracts;
using SmartCommunity.Stores.Events;

namespace SmartCommunity.Api.Devices;

/// <summary>A device with its last state.</summary>
/// <param name="Id">The device; also its MQTT user name.</param>
/// <param name="Community">Whose.</param>
/// <param name="Kind">One of the device kinds.</param>
/// <param name="KindName">What people read for the kind.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Grid">The grid that it is in.</param>
/// <param name="Building">The building that it is in or on; null outdoors.</param>
/// <param name="Zone">The zone that it watches.</param>
/// <param name="ZoneName">What people call that zone.</param>
/// <param name="Facade">The façade that a camera watches.</param>
/// <param name="Floor">The floor, negative below ground.</param>
/// <param name="Unit">The unit (户).</param>
/// <param name="Online">Null while nothing has been heard of it.</param>
/// <param name="LastSeenAt">When the gateway last took something of it.</param>
/// <param name="Values">Its last values.</param>
public record DeviceItem(
    string Id, string Community, string Kind, string KindName, string Name, string Grid, string? Building, string? Zone, string? ZoneName, string? Facade,
    int? Floor, string? Unit,
    bool? Online, DateTimeOffset? LastSeenAt, ImmutableArray<ValueItem> Values)
{
    internal static DeviceItem Of(CommunitySnapshot snapshot, Device device, DeviceView? live, string language) => new(
        device.Id.Value, snapshot.Community.Id.Value, device.Kind, DeviceKinds.Find(device.Kind)?.Name.In(language) ?? device.Kind,
        device.Name.In(language), device.Grid.Value, device.Building?.Value, device.Zone?.Value,
        device.Zone is { } zone && snapshot.Zones.TryGetValue(zone, out var place) ? place.Name.In(language) : null,
        device.Facade, device.Floor, device.Unit, live?.Online, live?.LastSeenAt, [.. (live?.Values ?? []).Select(value => ValueItem.Of(value, language))]);
}

/// <summary>The last value of a metric.</summary>
/// <param name="Metric">The stable name.</param>
/// <param name="Title">What people read.</param>
/// <param name="Value">The value.</param>
/// <param name="Unit">Its UCUM unit; null for a metric that is not in the table.</param>
/// <param name="Time">When.</param>
public sealed record ValueItem(string Metric, string Title, double Value, string? Unit, DateTimeOffset Time)
{
    internal static ValueItem Of(MetricView view, string language)
    {
        var entry = Events.Vocabulary.Metrics.Find(view.Metric);
        var title = entry is null ? view.Metric : new LocalizedText(entry.Chinese, entry.English).In(language);
        return new(view.Metric, title, view.Value, entry?.Unit, view.Time);
    }
}

/// <summary>A device by itself, with its last events.</summary>
public sealed record DeviceDetail : DeviceItem
{
    internal DeviceDetail(DeviceItem item, ImmutableArray<DeviceEventItem> events) : base(item) => Events = events;

    /// <summary>Newest first.</summary>
    [JsonPropertyOrder(1)]
    public ImmutableArray<DeviceEventItem> Events { get; }
}

/// <summary>An event of a device.</summary>
/// <param name="Id">Unique per device.</param>
/// <param name="Kind">The stable name of its kind.</param>
/// <param name="Title">What people read.</param>
/// <param name="Phase">Pulse, Start or Stop.</param>
/// <param name="Time">When it happened.</param>
/// <param name="ReceivedAt">When the gateway took it.</param>
/// <param name="Confidence">How sure the source is; null when it makes no estimate.</param>
/// <param name="Historical">Backfilled: it raised no live alarm.</param>
/// <param name="Data">What else the source said.</param>
/// <param name="Evidence">Pictures and clips.</param>
public sealed record DeviceEventItem(
    string Id, string Kind, string Title, string Phase, DateTimeOffset Time, DateTimeOffset ReceivedAt, double? Confidence, bool Historical, JsonElement Data,
    IReadOnlyList<EvidenceLink> Evidence)
{
    private static readonly JsonElement Nothing = JsonElement.Parse("{}"u8);

    internal static DeviceEventItem Of(StoredEvent stored, string language)
    {
        var entry = EventKinds.Entry(stored.Event.Kind);
        return new(
            stored.Event.Id, entry.Name, new LocalizedText(entry.Chinese, entry.English).In(language), stored.Event.Phase.ToString(), stored.Event.Time,
            stored.ReceivedAt, stored.Event.Confidence, stored.Event.Historical,
            stored.Event.Data.Utf8.IsEmpty ? Nothing : JsonElement.Parse(stored.Event.Data.Utf8.Span), stored.Event.Evidence);
    }
}
