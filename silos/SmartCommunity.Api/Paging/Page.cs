using System.Collections.Immutable;

namespace SmartCommunity.Api.Paging;

/// <summary>A page of a list.</summary>
/// <param name="Items">The items.</param>
/// <param name="Next">The cursor of the next page; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Where to go on in a list and how far.</summary>
/// <param name="After">The key of the last item of the page before; null at the start.</param>
/// <param name="Limit">How many items.</param>
internal readonly record struct PageRequest(string? After, int Limit)
{
    /// <summary>Cuts the page out of items that have a unique key; the order is that of the keys.</summary>
    public (ImmutableArray<T> Items, string? Next) Cut<T>(IEnumerable<T> items, Func<T, string> key)
    {
        var after = After;
        var page = items
            .Where(item => after is null || string.CompareOrdinal(key(item), after) > 0)
            .OrderBy(key, StringComparer.Ordinal)
            .Take(Limit + 1)
            .ToImmutableArray();
        return page.Length <= Limit ? (page, null) : (page[..Limit], Cursor.Of(key(page[Limit - 1])));
    }
}
