using Orleans.Runtime;
using SmartCommunity.Communities.Model;
using SmartCommunity.Events.Ids;
using SmartCommunity.Grains.Contracts;
using SmartCommunity.Grains.Storage;

namespace SmartCommunity.Grains.Places;

/// <summary>The live picture and the rules of one grid's gates, lanes, garages and other outdoor zones.</summary>
public sealed class GridGrain([PersistentState("place", GrainStorageNames.Checkpoints)] IPersistentState<PlaceState> state, PlaceServices services)
    : PlaceGrain(state, services), IGridGrain
{
    private protected override PlaceTopology? FindTopology(CommunitySnapshot community)
    {
        var id = GridId.FromTrusted(Place.Name);
        return community.Grids.ContainsKey(id) ? new(id, null, community.OutdoorDevicesOf(id)) : null;
    }
}
