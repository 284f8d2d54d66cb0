namespace SmartCommunity.Api.Metrics;

/// <summary>Tags as a key, in the order in which they were given.</summary>
internal readonly record struct TagSet(KeyValuePair<string, object?>[] Tags);

/// <summary>Compares by content, and finds a set by a span without making one.</summary>
internal sealed class TagSetComparer : IEqualityComparer<TagSet>, IAlternateEqualityComparer<ReadOnlySpan<KeyValuePair<string, object?>>, TagSet>
{
    public static TagSetComparer Instance { get; } = new();

    public TagSet Create(ReadOnlySpan<KeyValuePair<string, object?>> alternate) => new(alternate.ToArray());

    public bool Equals(TagSet x, TagSet y) => Equals(x.Tags.AsSpan(), y);

    public int GetHashCode(TagSet obj) => GetHashCode(obj.Tags.AsSpan());

    public bool Equals(ReadOnlySpan<KeyValuePair<string, object?>> alternate, TagSet other)
    {
        if (alternate.Length != other.Tags.Length)
        {
            return false;
        }

        for (var i = 0; i < alternate.Length; i++)
        {
            if (alternate[i].Key != other.Tags[i].Key || !object.Equals(alternate[i].Value, other.Tags[i].Value))
            {
                return false;
            }
        }

        return true;
    }

    public int GetHashCode(ReadOnlySpan<KeyValuePair<string, object?>> alternate)
    {
        var hash = new HashCode();
        foreach (var (key, value) in alternate)
        {
            hash.Add(key, StringComparer.Ordinal);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }
}
