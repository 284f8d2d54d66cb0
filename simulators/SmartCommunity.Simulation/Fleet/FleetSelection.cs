using SmartCommunity.Simulation.World;

namespace SmartCommunity.Simulation.Fleet;

/// <summary>Which devices of a community are simulated when not all are.</summary>
public static class FleetSelection
{
    /// <summary>Takes devices kind by kind in turn, so that a small fleet still has something of everything.</summary>
    /// <param name="sites">All devices, in the order of the file.</param>
    /// <param name="count">How many at most.</param>
    public static IReadOnlyList<DeviceSite> Choose(IReadOnlyList<DeviceSite> sites, int count)
    {
        if (count >= sites.Count) return sites;
        return [.. sites
            .GroupBy(site => site.Kind, StringComparer.Ordinal)
            .SelectMany(kind => kind.Select((site, rank) => (Site: site, Rank: rank)))
            .OrderBy(item => item.Rank)
            .Take(count)
            .Select(item => item.Site)];
    }
}
