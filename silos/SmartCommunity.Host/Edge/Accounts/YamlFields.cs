using YamlDotNet.RepresentationModel;

namespace SmartCommunity.Host.Edge.Accounts;

/// <summary>The fields of one item of a YAML list, with where they stand.</summary>
internal sealed class YamlFields(YamlNode node, string path, List<string> problems)
{
    private readonly YamlMappingNode _fields = node as YamlMappingNode ?? [];

    public void Add(string key, string problem) => problems.Add($"{path}.{key}: {problem}");

    /// <summary>Names every other key.</summary>
    public void AllowOnly(IReadOnlyCollection<string> keys)
    {
        if (node is not YamlMappingNode)
        {
            problems.Add($"{path}: must have fields, the first of them name:");
        }

        foreach (var key in _fields.Children.Keys.Select(key => (key as YamlScalarNode)?.Value ?? "?").Where(key => !keys.Contains(key, StringComparer.Ordinal)))
        {
            Add(key, $"is unknown; there are {string.Join(", ", keys)}");
        }
    }

    /// <summary>A single value; null when it is absent.</summary>
    public string? Text(string key)
    {
        if (!_fields.Children.TryGetValue(key, out var value))
        {
            return null;
        }

        if (value is YamlScalarNode { Value: { Length: > 0 } text })
        {
            return text;
        }

        Add(key, "must be one value");
        return null;
    }

    /// <summary>A list of values, or a single one; empty when it is absent.</summary>
    public IEnumerable<string> List(string key)
    {
        if (!_fields.Children.TryGetValue(key, out var value))
        {
            return [];
        }

        IList<YamlNode> items = value is YamlSequenceNode list ? list.Children : [value];
        if (items.Any(item => item is not YamlScalarNode { Value.Length: > 0 }))
        {
            Add(key, "must be a list of values");
        }

        return items.OfType<YamlScalarNode>().Select(item => item.Value ?? "").Where(text => text.Length > 0);
    }
}
