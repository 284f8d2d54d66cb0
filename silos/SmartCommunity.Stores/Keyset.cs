using System.Globalization;

namespace SmartCommunity.Stores;

/// <summary>Where a page of a list, newest first, ended: the time and the number of its last item.</summary>
/// <param name="Time">Unix ms.</param>
/// <param name="Number">Tells items of the same millisecond apart.</param>
internal readonly record struct Keyset(long Time, long Number)
{
    /// <summary>Before the first item.</summary>
    public static Keyset Start { get; } = new(long.MaxValue, long.MaxValue);

    /// <summary>Reads a cursor; null is the start.</summary>
    /// <exception cref="FormatException">It is not a cursor that a page ended with.</exception>
    public static Keyset Parse(string? cursor)
    {
        if (cursor is null)
        {
            return Start;
        }

        var parts = cursor.Split('_');
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var time)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(time, number)
            : throw new FormatException("The cursor is not one that a page of this list ended with; leave it out to begin at the start.");
    }

    /// <summary>The cursor.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Time}_{Number}");

    /// <summary>Checks how many items a page may have.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not 1 to 500.</exception>
    public static void CheckLimit(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 500);
    }
}
