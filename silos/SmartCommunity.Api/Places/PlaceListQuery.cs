using System.Collections.Immutable;
using System.ComponentModel;
using SmartCommunity.Api.Input;
using SmartCommunity.Api.SignIn;
using SmartCommunity.Communities.Model;
using SmartCommunity.Events.Ids;

namespace SmartCommunity.Api.Places;

/// <summary>What every list of places, devices and people takes.</summary>
internal sealed record PlaceListQuery(
    [property: Description("Only of this community.")] string? Community,
    [property: Description("The next of the page before.")] string? Cursor,
    [property: Description("How many items, 1 to 500.")] string? Limit)
{
    /// <summary>
    /// The communities to list: those that the person may see, or the one that was asked for. One that they may not see is an empty list, as if it
    /// were not there.
    /// </summary>
    public ImmutableArray<CommunitySnapshot> Communities(SignedInPerson person, InputChecker input) =>
        input.Id<CommunityId>("community", Community) is { } id ? person.FindVisible(id) is { } one ? [one] : [] : person.VisibleCommunities;
}
