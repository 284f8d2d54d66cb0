using SmartCommunity.Events.Ids;

namespace SmartCommunity.Grains.Contracts;

/// <summary>Keys of grains: <c>community/building</c> and <c>community/grid</c>.</summary>
public static class PlaceKey
{
    /// <summary>The key of a building's grain.</summary>
    public static string Of(CommunityId community, BuildingId building) => $"{community.Value}/{building.Value}";

    /// <summary>The key of a grid's grain.</summary>
    public static string Of(CommunityId community, GridId grid) => $"{community.Value}/{grid.Value}";

    /// <summary>Splits a key into the community and the place.</summary>
    /// <exception cref="FormatException">The key has not the form <c>community/place</c>.</exception>
    public static (CommunityId Community, string Place) Parse(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < key.Length - 1
            ? (CommunityId.Parse(key[..slash]), key[(slash + 1)..])
            : throw new FormatException($"'{key}' is not a place's key; it has the form community/place.");
    }
}
