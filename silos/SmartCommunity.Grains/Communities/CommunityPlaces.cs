using SmartCommunity.Communities.Model;
using SmartCommunity.Grains.Contracts;

namespace SmartCommunity.Grains.Communities;

/// <summary>The grains of a community's places.</summary>
public static class CommunityPlaces
{
    /// <summary>All grids and buildings.</summary>
    public static IEnumerable<IPlaceGrain> Of(CommunitySnapshot community, IGrainFactory grains)
    {
        var id = community.Community.Id;
        foreach (var grid in community.Community.Grids)
        {
            yield return grains.GetGrain<IGridGrain>(PlaceKey.Of(id, grid.Id));
        }

        foreach (var building in community.Community.Buildings)
        {
            yield return grains.GetGrain<IBuildingGrain>(PlaceKey.Of(id, building.Id));
        }
    }
}
