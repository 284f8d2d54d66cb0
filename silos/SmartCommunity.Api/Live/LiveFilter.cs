using SmartCommunity.Api.SignIn;
using SmartCommunity.Events.Ids;
using SmartCommunity.Grains.Communities;
using SmartCommunity.Stores.Outbox;

namespace SmartCommunity.Api.Live;

/// <summary>Which rows a reader wants, and which they may see at this moment.</summary>
internal sealed class LiveFilter(CommunityDirectory directory, PersonId person, CommunityId? community, GridId? grid, BuildingId? building)
{
    private HashSet<string> _visible = [];

    /// <summary>Looks anew at what the person may see; false when they are out and the feed must end.</summary>
    public bool Refresh()
    {
        if (SignedInPerson.Find(directory, person) is not { IsStaff: true } current)
        {
            return false;
        }

        _visible = [.. current.VisibleCommunities.Select(item => item.Community.Id.Value)];
        return true;
    }

    public bool Admits(OutboxRow row) => _visible.Contains(row.Community)
        && (community is null || row.Community == community.Value.Value)
        && (grid is null || row.Grid == grid.Value.Value)
        && (building is null || row.Building == building.Value.Value);
}
