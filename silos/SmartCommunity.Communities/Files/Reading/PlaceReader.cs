using SmartCommunity.Communities.Files.Tree;
using SmartCommunity.Communities.Kinds;
using SmartCommunity.Communities.Model;
using SmartCommunity.Communities.Texts;
using SmartCommunity.Events.Ids;
using SmartCommunity.Incidents.People;

namespace SmartCommunity.Communities.Files.Reading;

/// <summary>Reads grids, buildings and zones.</summary>
internal static class PlaceReader
{
    /// <summary>The most façades of a building: its name on a compass, and some inner courts.</summary>
    private const int MaxFacades = 16;

    private static readonly TimeSpan LongestGrace = TimeSpan.FromDays(7);

    private static readonly Dictionary<string, int> ZoneKindTable = ZoneKinds.All.Select((entry, index) => (entry.Id, index))
        .ToDictionary(pair => pair.Id, pair => pair.index, StringComparer.Ordinal);

    /// <summary>Reads a grid, after the people.</summary>
    public static Grid? ReadGrid(FileNode node, string path, ReadingContext context)
    {
        var reader = new MappingReader(context, node, path);
        var id = reader.Id<GridId>("id", "g1");
        var name = reader.Name("name");
        var worker = reader.Reference<PersonId>("worker", context.People, Things.Person, "zhang-wei");
        reader.Finish();
        if (worker is { } person && context.KnownPeople.TryGetValue(person.Value, out var known))
        {
            CheckWorker(known, id, reader, context);
        }

        return reader.IsRight ? new(id, name!, worker!.Value) : null;
    }

    public static Building? ReadBuilding(FileNode node, string path, ReadingContext context)
    {
        var reader = new MappingReader(context, node, path);
        var id = reader.Id<BuildingId>("id", "b1");
        var name = reader.Name("name");
        var grid = reader.Reference<GridId>("grid", context.Grids, Things.Grid, "g1");
        var floors = reader.Integer("floors", 1, 200, "18");
        var basements = reader.Integer("basements", 0, 10);
        var units = reader.Integer("unitsPerFloor", 1, 100);
        var facades = reader.Texts("facades");
        reader.Finish();
        if (facades.Count > MaxFacades)
        {
            context.Add(reader.PathOf("facades"), reader.MarkOf("facades"), FileTexts.TooMany(facades.Count, MaxFacades), FileTexts.SplitOrRemove());
        }

        foreach (var facade in facades.Where(facade => !Identifier.IsValid(facade.Value)))
        {
            context.Add(facade.Path, facade.Mark, CommunityTexts.NotAnId(facade.Value), FileTexts.WriteText("south"));
        }

        if (!reader.IsRight)
        {
            return null;
        }

        var building = new Building(id, name!, grid!.Value, floors!.Value, basements ?? 0, units ?? 1, [.. facades.Select(facade => facade.Value).Distinct(StringComparer.Ordinal)]);
        context.KnownBuildings.TryAdd(id.Value, building);
        return building;
    }

    /// <summary>Reads a zone, after the buildings. Without a grid it is in that of its building.</summary>
    public static Zone? ReadZone(FileNode node, string path, ReadingContext context)
    {
        var reader = new MappingReader(context, node, path);
        var id = reader.Id<ZoneId>("id", "z-gate-south");
        var name = reader.Name("name");
        var kind = reader.OneOf("kind", Things.ZoneKind, ZoneKindTable, "gate");
        var building = reader.Reference<BuildingId>("building", context.Buildings, Things.Building);
        var grid = reader.Reference<GridId>("grid", context.Grids, Things.Grid);
        var grace = reader.Duration("parkingGrace", TimeSpan.Zero, LongestGrace);
        reader.Finish();
        var inGrid = PlaceAgreement.GridOf(reader, grid, building, zone: null, context);
        if (!reader.IsRight || inGrid is null)
        {
            return null;
        }

        var zone = new Zone(id, name!, inGrid.Value, ZoneKinds.All[kind!.Value].Id, building, grace);
        context.KnownZones.TryAdd(id.Value, zone);
        return zone;
    }

    private static void CheckWorker(Person worker, GridId grid, MappingReader reader, ReadingContext context)
    {
        if (!worker.Roles.Contains(Role.GridWorker))
        {
            context.Add(reader.PathOf("worker"), reader.MarkOf("worker"), CommunityTexts.NotAGridWorker(worker.Id.Value), CommunityTexts.GiveRole());
        }

        if (!worker.Grids.IsEmpty && !worker.Grids.Contains(grid))
        {
            context.Add(reader.PathOf("worker"), reader.MarkOf("worker"), CommunityTexts.WorkerElsewhere(worker.Id.Value, grid.Value), CommunityTexts.AddGrid(grid.Value));
        }
    }
}
