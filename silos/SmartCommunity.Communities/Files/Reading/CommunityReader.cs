using System.Collections.Immutable;
using SmartCommunity.Communities.Files.Tree;
using SmartCommunity.Communities.Model;
using SmartCommunity.Communities.Texts;
using SmartCommunity.Events.Ids;
using SmartCommunity.Rules.Validation;

namespace SmartCommunity.Communities.Files.Reading;

/// <summary>Reads the whole file.</summary>
internal static class CommunityReader
{
    private const string StandardTimeZone = "Asia/Shanghai";

    /// <returns>The community as far as it could be read; it counts only when there was no problem.</returns>
    public static Community Read(MappingNode root, ReadingContext context)
    {
        IdScan.Run(root, context);
        var limits = context.Limits;
        var reader = new MappingReader(context, root, "");
        var id = reader.Id<CommunityId>("id", "yunqi");
        var name = reader.Name("name");
        var timeZone = ReadTimeZone(reader, context);
        var grids = reader.Items("grids", limits.MaxGrids).ToList();
        var buildings = Section(reader.Items("buildings", limits.MaxBuildings), context, PlaceReader.ReadBuilding);
        var zones = Section(reader.Items("zones", limits.MaxZones), context, PlaceReader.ReadZone);
        var devices = Section(reader.Items("devices", limits.MaxDevices), context, DeviceReader.Read);
        var people = Section(reader.Items("people", limits.MaxPeople), context, PersonReader.Read);
        var rules = Section(reader.Items("rules", limits.MaxRules), context, RuleReader.Read);
        reader.Finish();
        if (grids.Count == 0)
        {
            context.Add("grids", reader.MarkOf("grids"), CommunityTexts.NoGrid(), CommunityTexts.WriteGrid());
        }

        return new()
        {
            Id = id,
            Name = name ?? new("", ""),
            TimeZone = timeZone,
            // Last, since a grid names its worker.
            Grids = Section(grids, context, PlaceReader.ReadGrid),
            Buildings = buildings,
            Zones = zones,
            Devices = devices,
            People = people,
            Rules = rules,
        };
    }

    private static ImmutableArray<T> Section<T>(IEnumerable<(FileNode Node, string Path)> items, ReadingContext context, Func<FileNode, string, ReadingContext, T?> read)
        where T : class => [.. items.Select(item => read(item.Node, item.Path, context)).Where(item => item is not null).Select(item => item!)];

    private static string ReadTimeZone(MappingReader reader, ReadingContext context)
    {
        if (reader.Text("timeZone") is not { } text)
        {
            return StandardTimeZone;
        }

        if (text.Value != StandardTimeZone && !TimeZoneInfo.TryFindSystemTimeZoneById(text.Value, out _))
        {
            var known = TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Append(StandardTimeZone);
            context.Add(text.Path, text.Mark, CommunityTexts.UnknownTimeZone(text.Value), CommunityTexts.WriteTimeZone(Suggestions.Nearest(text.Value, known)));
        }

        return text.Value;
    }
}
