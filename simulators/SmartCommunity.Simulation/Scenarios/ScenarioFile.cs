using SmartCommunity.Events.Ids;
using SmartCommunity.Rules.Parameters;
using SmartCommunity.Simulation.Situations;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SmartCommunity.Simulation.Scenarios;

/// <summary>Reads a scenario file.</summary>
/// <remarks>
/// <code>
/// name: An evening
/// devices: 50            # ordinary telemetry beside the situations; default 0
/// patience: 10s          # how long to wait for what is expected; default 10s
/// situations:
///   - {at: 5s, kind: falling-object, building: b3}
///   - {at: 20s, kind: illegal-parking, zone: z-fire-east}   # device, building, grid, zone narrow down where; all may be left out
/// </code>
/// </remarks>
public static class ScenarioFile
{
    private static readonly string[] Fields = ["name", "devices", "patience", "situations"];
    private static readonly string[] EntryFields = ["at", "kind", "device", "building", "grid", "zone"];

    /// <summary>Reads and checks a file whole.</summary>
    /// <exception cref="FormatException">It is wrong; the message holds every problem, a line each, with its path.</exception>
    public static Scenario Parse(string yaml)
    {
        var problems = new List<string>();
        var scenario = Read(yaml, problems);
        return problems.Count == 0 ? scenario! : throw new FormatException(string.Join('\n', problems));
    }

    private static Scenario? Read(string yaml, List<string> problems)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException exception)
        {
            problems.Add($"line {exception.Start.Line}: {exception.Message}");
            return null;
        }

        if (stream.Documents.Count != 1 || stream.Documents[0].RootNode is not YamlMappingNode root)
        {
            problems.Add("the file must hold one mapping with name and situations");
            return null;
        }

        var fields = new ScenarioFields(root, "", Fields, problems);
        return new Scenario
        {
            Name = fields.Text("name") ?? "scenario",
            Devices = fields.Whole("devices") ?? 0,
            Patience = fields.Duration("patience") ?? TimeSpan.FromSeconds(10),
            Situations = [.. Entries(root, problems).OrderBy(entry => entry.At)],
        };
    }

    private static List<ScenarioEntry> Entries(YamlMappingNode root, List<string> problems)
    {
        if (!root.Children.TryGetValue(new YamlScalarNode("situations"), out var node) || node is not YamlSequenceNode { Children.Count: > 0 } list)
        {
            problems.Add("situations: must be a list with at least one entry");
            return [];
        }

        var entries = new List<ScenarioEntry>();
        for (var i = 0; i < list.Children.Count; i++)
        {
            var path = $"situations[{i}]";
            if (list.Children[i] is not YamlMappingNode entry) problems.Add($"{path}: must be a mapping with at and kind");
            else entries.Add(Entry(new ScenarioFields(entry, path + ".", EntryFields, problems)));
        }

        return entries;
    }

    private static ScenarioEntry Entry(ScenarioFields fields)
    {
        var kind = fields.Text("kind");
        if (kind is null) fields.Problem("kind", "is missing");
        else if (SituationCatalogue.Find(kind) is null)
            fields.Problem("kind", $"there is no situation '{kind}'; there are {SituationCatalogue.Names}");
        return new ScenarioEntry(
            fields.Duration("at") ?? TimeSpan.Zero,
            kind ?? "",
            fields.Id<DeviceId>("device"),
            fields.Id<BuildingId>("building"),
            fields.Id<GridId>("grid"),
            fields.Id<ZoneId>("zone"));
    }
}

/// <summary>The scalar fields of one mapping; what is wrong goes to the list of problems.</summary>
internal sealed class ScenarioFields
{
    private readonly YamlMappingNode _node;
    private readonly string _path;
    private readonly List<string> _problems;

    public ScenarioFields(YamlMappingNode node, string path, string[] known, List<string> problems)
    {
        _node = node;
        _path = path;
        _problems = problems;
        foreach (var name in node.Children.Keys.Select(key => key.ToString()).Where(name => !known.Contains(name, StringComparer.Ordinal)))
            Problem(name, $"is not known here; there are {string.Join(", ", known)}");
    }

    public void Problem(string name, string message) => _problems.Add($"{_path}{name}: {message}");

    public string? Text(string name)
    {
        if (!_node.Children.TryGetValue(new YamlScalarNode(name), out var value)) return null;
        if (value is YamlScalarNode { Value.Length: > 0 } scalar) return scalar.Value;
        Problem(name, "must be a text");
        return null;
    }

    public int? Whole(string name)
    {
        if (Text(name) is not { } text) return null;
        if (int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var value) && value >= 0) return value;
        Problem(name, $"'{text}' is not a whole number of 0 or more");
        return null;
    }

    public TimeSpan? Duration(string name)
    {
        if (Text(name) is not { } text) return null;
        if (Durations.TryParse(text, out var value)) return value;
        Problem(name, $"'{text}' is not a duration; write 90s, 5m, 2h");
        return null;
    }

    public TId? Id<TId>(string name) where TId : struct, IIdentifier<TId>
    {
        if (Text(name) is not { } text) return null;
        if (Identifier.TryParse<TId>(text, out var id)) return id;
        Problem(name, Identifier.FindError(text)!);
        return null;
    }
}
