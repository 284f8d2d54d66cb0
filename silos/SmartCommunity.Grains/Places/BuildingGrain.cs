using Orleans.Runtime;
using SmartCommunity.Communities.Model;
using SmartCommunity.Events.Ids;
using SmartCommunity.Grains.Contracts;
using SmartCommunity.Grains.Storage;

namespace SmartCommunity.Grains.Places;

/// <summary>The live picture and the rules of one building.</summary>
public sealed class BuildingGrain([PersistentState("place", GrainStorageNames.Checkpoints)] IPersistentState<PlaceState> state, PlaceServices services)
    : PlaceGrain(state, services), IBuildingGrain
{
    private protected override PlaceTopology? FindTopology(CommunitySnapshot community)
    {
        var id = BuildingId.FromTrusted(Place.Name);
        return community.Buildings.TryGetValue(id, out var building) ? new(building.Grid, id, community.DevicesOf(id)) : null;
    }
}
