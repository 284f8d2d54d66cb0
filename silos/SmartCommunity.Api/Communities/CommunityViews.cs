using SmartCommunity.Api.Places;
using SmartCommunity.Communities.Model;

namespace SmartCommunity.Api.Communities;

/// <summary>A community in a list: how much it has, and what is open.</summary>
public sealed record CommunityItem(
    string Id, string Name, string TimeZone, long Version, CommunityCounts Counts, string? Worst, OpenCases Open, int DevicesOnline, int DevicesTotal)
{
    internal static CommunityItem Of(CommunitySnapshot snapshot, LiveCounts live, string language)
    {
        var community = snapshot.Community;
        return new(
            community.Id.Value, community.Name.In(language), community.TimeZone, snapshot.Version, CommunityCounts.Of(community), live.Open.Worst, live.Open,
            live.DevicesOnline, community.Devices.Length);
    }
}

/// <summary>How much a community has.</summary>
public sealed record CommunityCounts(int Grids, int Buildings, int Zones, int Devices, int People, int Rules)
{
    internal static CommunityCounts Of(Community community) => new(
        community.Grids.Length, community.Buildings.Length, community.Zones.Length, community.Devices.Length, community.People.Length, community.Rules.Length);
}

/// <summary>A community file that was stored.</summary>
/// <param name="Id">The community.</param>
/// <param name="Version">The version that it is now.</param>
/// <param name="Counts">What is in it.</param>
public sealed record CommunityStored(string Id, long Version, CommunityCounts Counts);
