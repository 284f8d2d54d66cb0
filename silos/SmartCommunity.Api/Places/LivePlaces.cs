using System.Collections.Frozen;
using System.Collections.Immutable;
using Orleans;
using SmartCommunity.Communities.Model;
using SmartCommunity.Events.Ids;
using SmartCommunity.Grains.Contracts;

namespace SmartCommunity.Api.Places;

/// <summary>Reads live state from the grains: a place's whole picture, or only the devices that an answer shows.</summary>
internal sealed class LivePlaces(IGrainFactory grains)
{
    /// <summary>The summaries of some communities' places.</summary>
    public async Task<PlaceSummaries> ReadSummariesAsync(IEnumerable<CommunitySnapshot> communities)
    {
        var answers = await Task.WhenAll(communities.Select(item => grains.GetGrain<ICommunityGrain>(item.Community.Id.Value).ReadSummariesAsync()));
        return new([.. answers.SelectMany(answer => answer)]);
    }

    /// <summary>A building's picture.</summary>
    public Task<PlaceView> ReadAsync(CommunityId community, BuildingId building) =>
        grains.GetGrain<IBuildingGrain>(PlaceKey.Of(community, building)).ReadAsync();

    /// <summary>The picture of a grid's outdoor zones.</summary>
    public Task<PlaceView> ReadAsync(CommunityId community, GridId grid) => grains.GetGrain<IGridGrain>(PlaceKey.Of(community, grid)).ReadAsync();

    /// <summary>The live state of devices, by id; each place is read once. A device of which nothing has been heard may be missing.</summary>
    public async Task<FrozenDictionary<string, DeviceView>> ReadDevicesAsync(IEnumerable<(CommunityId Community, Device Device)> devices)
    {
        var places = devices.Select(
            item => (item.Community, item.Device.Building, Grid: item.Device.Building is null ? item.Device.Grid : (GridId?)null)).Distinct();
        var pictures = await Task.WhenAll(places.Select(place =>
            place.Building is { } building ? ReadAsync(place.Community, building) : ReadAsync(place.Community, place.Grid!.Value)));
        return pictures.SelectMany(picture => picture.Devices).DistinctBy(device => device.Device, StringComparer.Ordinal)
            .ToFrozenDictionary(device => device.Device, StringComparer.Ordinal);
    }
}

/// <summary>Summaries of places, and how they add up.</summary>
internal sealed class PlaceSummaries(ImmutableArray<PlaceSummary> summaries)
{
    public LiveCounts OfBuilding(CommunityId community, BuildingId building) =>
        LiveCounts.Sum(summaries.Where(item => item.Community == community.Value && item.Building == building.Value));

    /// <summary>A grid's buildings and outdoor zones together.</summary>
    public LiveCounts OfGrid(CommunityId community, GridId grid) =>
        LiveCounts.Sum(summaries.Where(item => item.Community == community.Value && item.Grid == grid.Value));

    public LiveCounts OfCommunity(CommunityId community) => LiveCounts.Sum(summaries.Where(item => item.Community == community.Value));
}
