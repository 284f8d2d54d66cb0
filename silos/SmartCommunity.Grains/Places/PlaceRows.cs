using SmartCommunity.Grains.Cases;
using SmartCommunity.Grains.Contracts;
using SmartCommunity.Rules.Places;
using SmartCommunity.Stores.Outbox;

namespace SmartCommunity.Grains.Places;

/// <summary>What the live feed says of devices and of places.</summary>
internal static class PlaceRows
{
    public static OutboxRow Of(PlaceSummary summary, DateTimeOffset at)
    {
        var worst = Array.FindIndex(summary.OpenCases, count => count > 0);
        var json = CaseDocuments.Write(new
        {
            community = summary.Community,
            grid = summary.Grid,
            building = summary.Building,
            open = summary.OpenCases,
            worst = worst < 0 ? null : "P" + worst.ToString(System.Globalization.CultureInfo.InvariantCulture),
            devices = summary.Devices,
            devicesOnline = summary.DevicesOnline,
            revision = summary.Revision,
        }).Json;
        return new("building", summary.Community, summary.Grid, summary.Building, summary.Building.Length > 0 ? summary.Building : summary.Grid, json, at);
    }

    public static OutboxRow Of(DeviceFacts facts, LiveDevice device, DateTimeOffset at)
    {
        var json = CaseDocuments.Write(new
        {
            device = facts.Id.Value,
            community = facts.Community.Value,
            grid = facts.Grid.Value,
            building = facts.Building?.Value,
            zone = facts.Zone?.Id.Value,
            online = device.Online,
            lastSeenAt = device.LastSeenAt,
        }).Json;
        return new("device", facts.Community.Value, facts.Grid.Value, facts.Building?.Value ?? "", facts.Id.Value, json, at);
    }
}
