using SmartCommunity.Communities.Files.Tree;
using SmartCommunity.Communities.Kinds;
using SmartCommunity.Communities.Model;
using SmartCommunity.Communities.Texts;
using SmartCommunity.Events.Ids;
using SmartCommunity.Rules.Validation;

namespace SmartCommunity.Communities.Files.Reading;

/// <summary>Reads devices, after the places.</summary>
internal static class DeviceReader
{
    private const int MaxUnitLength = 16;
    private static readonly TimeSpan ShortestSilence = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromDays(31);

    private static readonly Dictionary<string, int> KindTable = DeviceKinds.All.Select((entry, index) => (entry.Id, index))
        .ToDictionary(pair => pair.Id, pair => pair.index, StringComparer.Ordinal);

    public static Device? Read(FileNode node, string path, ReadingContext context)
    {
        var reader = new MappingReader(context, node, path);
        var id = reader.Id<DeviceId>("id", "smoke-b1-f03");
        var kind = reader.OneOf("kind", Things.DeviceKind, KindTable, "smoke-detector");
        var name = reader.Name("name");
        var grid = reader.Reference<GridId>("grid", context.Grids, Things.Grid);
        var stated = reader.Reference<BuildingId>("building", context.Buildings, Things.Building);
        var zoneId = reader.Reference<ZoneId>("zone", context.Zones, Things.Zone);
        var facade = reader.Text("facade");
        var floor = reader.Integer("floor", -10, 200);
        var unit = reader.Text("unit");
        var silentAfter = reader.Duration("silentAfter", ShortestSilence, LongestSilence);
        reader.Finish();

        var zone = zoneId is { } named ? context.KnownZones.GetValueOrDefault(named.Value) : null;
        var building = PlaceAgreement.BuildingOf(reader, stated, zone, context);
        var inGrid = zoneId is not null && zone is null && building is null ? grid : PlaceAgreement.GridOf(reader, grid, building, zone, context);
        CheckUnit(unit, context);
        CheckInside(reader, building, zone, facade, floor, unit, context);
        if (!reader.IsRight || inGrid is null)
        {
            return null;
        }

        var entry = DeviceKinds.All[kind!.Value];
        return new()
        {
            Id = id,
            Kind = entry.Id,
            Name = name!,
            Grid = inGrid.Value,
            Building = building,
            Zone = zoneId,
            Facade = facade?.Value,
            Floor = floor,
            Unit = unit?.Value,
            SilentAfter = silentAfter ?? entry.SilentAfter,
        };
    }

    private static void CheckUnit(FileText? unit, ReadingContext context)
    {
        if (unit is { } text && (string.IsNullOrWhiteSpace(text.Value) || text.Value.Length > MaxUnitLength))
        {
            context.Add(text.Path, text.Mark, CommunityTexts.NotUnit(text.Value), CommunityTexts.WriteUnit());
        }
    }

    // Façade, floor and unit mean something only in a building, and must be there.
    private static void CheckInside(
        MappingReader reader, BuildingId? building, Zone? zone, FileText? facade, int? floor, FileText? unit, ReadingContext context)
    {
        if (building is null)
        {
            // With a building or zone that is named but unknown, that is the mistake.
            var isKnown = reader.Node("building") is null && (reader.Node("zone") is null || zone is not null);
            foreach (var key in new[] { facade is null ? null : "facade", floor is null ? null : "floor", unit is null ? null : "unit" }.OfType<string>().Where(_ => isKnown))
            {
                context.Add(reader.PathOf(key), reader.MarkOf(key), CommunityTexts.NeedsBuilding(key), CommunityTexts.WriteBuilding(key));
            }

            return;
        }

        if (!context.KnownBuildings.TryGetValue(building.Value.Value, out var known))
        {
            return;
        }

        if (facade is { } side && !known.Facades.Contains(side.Value, StringComparer.Ordinal))
        {
            var hint = FileTexts.OneOf(known.Facades, Suggestions.Nearest(side.Value, known.Facades));
            context.Add(side.Path, side.Mark, CommunityTexts.NoSuchFacade(side.Value, known.Id.Value), hint);
        }

        if (floor is { } number && (number == 0 || number > known.Floors || number < -known.Basements))
        {
            var what = CommunityTexts.NoSuchFloor(number, known.Id.Value, known.Basements, known.Floors);
            context.Add(reader.PathOf("floor"), reader.MarkOf("floor"), what, CommunityTexts.WriteFloor(known.Basements, known.Floors));
        }
    }
}
