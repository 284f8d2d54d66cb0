using System.Collections.Immutable;
using SmartCommunity.Communities.Files.Tree;
using SmartCommunity.Communities.Kinds;
using SmartCommunity.Communities.Texts;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Catalogue;
using SmartCommunity.Rules.Definitions;
using SmartCommunity.Rules.Validation;

namespace SmartCommunity.Communities.Files.Reading;

/// <summary>Reads rules, after everything that they can refer to.</summary>
internal static class RuleReader
{
    public static readonly IReadOnlyDictionary<string, Severity> Severities =
        Enum.GetValues<Severity>().ToDictionary(severity => severity.ToString(), StringComparer.Ordinal);

    public static readonly IReadOnlyDictionary<string, DispatchMode> Dispatches = new Dictionary<string, DispatchMode>(StringComparer.Ordinal)
    {
        ["automatic"] = DispatchMode.Automatic,
        ["manual"] = DispatchMode.Manual,
    };

    public static RuleDefinition? Read(FileNode node, string path, ReadingContext context)
    {
        var reader = new MappingReader(context, node, path);
        var id = reader.Id<RuleId>("id", "falling-object");
        var policy = reader.Text("policy", PolicyCatalogue.All[0].Id);
        var version = reader.Integer("version", 1, int.MaxValue);
        var name = reader.Name("name", required: false);
        var enabled = reader.Flag("enabled", standard: true);
        var severity = reader.OneOf("severity", Things.Severity, Severities);
        var dispatch = reader.OneOf("dispatch", Things.Dispatch, Dispatches);
        var where = reader.Node("where") is { } scope ? ReadScope(scope, reader.PathOf("where"), context) : RuleScope.Everywhere;
        var with = reader.Node("with") is { } parameters ? ReadParameters(parameters, reader.PathOf("with"), context) : [];
        reader.Finish();
        if (policy is null)
        {
            return null;
        }

        var rule = new RuleDefinition
        {
            Id = id,
            Policy = policy.Value.Value,
            Version = version ?? 1,
            Name = name,
            Enabled = enabled,
            Severity = severity,
            Dispatch = dispatch,
            Where = where,
            With = with.ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value.Value, StringComparer.Ordinal),
        };
        foreach (var problem in RuleValidator.Validate(rule))
        {
            context.Add(FilePath.Join(path, problem.Path), MarkOf(problem.Path, reader, with), problem.What, problem.Hint);
        }

        return reader.IsRight ? rule : null;
    }

    private static RuleScope ReadScope(FileNode node, string path, ReadingContext context)
    {
        var reader = new MappingReader(context, node, path);
        var scope = new RuleScope
        {
            DeviceKinds = [.. ReadKinds(reader, context)],
            Grids = [.. reader.References<GridId>("grids", context.Grids, Things.Grid)],
            Buildings = [.. reader.References<BuildingId>("buildings", context.Buildings, Things.Building)],
            Zones = [.. reader.References<ZoneId>("zones", context.Zones, Things.Zone)],
            Devices = [.. reader.References<DeviceId>("devices", context.Devices, Things.Device)],
        };
        reader.Finish();
        return scope;
    }

    private static IEnumerable<string> ReadKinds(MappingReader reader, ReadingContext context)
    {
        foreach (var text in reader.Texts("deviceKinds"))
        {
            if (DeviceKinds.Find(text.Value) is not null)
            {
                yield return text.Value;
            }
            else
            {
                var names = DeviceKinds.All.Select(entry => entry.Id).ToList();
                context.Add(text.Path, text.Mark, CommunityTexts.NotOneOf(Things.DeviceKind, text.Value), FileTexts.OneOf(names, Suggestions.Nearest(text.Value, names)));
            }
        }
    }

    // Which names there are, the policy knows; a list is the same as its items with commas between.
    private static Dictionary<string, FileText> ReadParameters(FileNode node, string path, ReadingContext context)
    {
        var reader = new MappingReader(context, node, path);
        var parameters = new Dictionary<string, FileText>(StringComparer.Ordinal);
        foreach (var entry in (node as MappingNode)?.Entries ?? [])
        {
            var texts = reader.Texts(entry.Key);
            parameters[entry.Key] = new(string.Join(", ", texts.Select(text => text.Value)), reader.PathOf(entry.Key), entry.Value.Mark);
        }

        return parameters;
    }

    private static FileMark MarkOf(string problemPath, MappingReader reader, Dictionary<string, FileText> with) =>
        problemPath.StartsWith("with.", StringComparison.Ordinal) && with.TryGetValue(problemPath["with.".Length..], out var text)
            ? text.Mark
            : reader.MarkOf(problemPath.Split('.')[0]);
}
