using SmartCommunity.Communities.Model;
using SmartCommunity.Communities.Texts;
using SmartCommunity.Events.Ids;

namespace SmartCommunity.Communities.Files.Reading;

/// <summary>Sees to it that grid, building and zone of one thing agree.</summary>
internal static class PlaceAgreement
{
    /// <summary>The grid: the one that is given, else that of the building, else that of the zone.</summary>
    public static GridId? GridOf(MappingReader reader, GridId? grid, BuildingId? building, Zone? zone, ReadingContext context)
    {
        var inBuilding = building is { } id ? context.KnownBuildings.GetValueOrDefault(id.Value) : null;
        var (place, placeGrid) = inBuilding is not null ? (inBuilding.Id.Value, inBuilding.Grid) : (zone?.Id.Value, zone?.Grid ?? default);
        if (place is null)
        {
            // A place that is named but wrong has been reported already.
            if (grid is null && reader.IsRight && building is null)
            {
                context.Add(reader.PathOf("grid"), reader.MarkOf("grid"), CommunityTexts.NoPlace(), CommunityTexts.WritePlace());
            }

            return grid;
        }

        if (grid is { } given && given != placeGrid)
        {
            context.Add(reader.PathOf("grid"), reader.MarkOf("grid"), CommunityTexts.OtherGrid(given.Value, place, placeGrid.Value), CommunityTexts.LeaveOut("grid"));
        }

        return placeGrid;
    }

    /// <summary>The building: the one that is given, else that of the zone.</summary>
    public static BuildingId? BuildingOf(MappingReader reader, BuildingId? building, Zone? zone, ReadingContext context)
    {
        if (building is { } given && zone?.Building is { } other && given != other)
        {
            context.Add(
                reader.PathOf("building"),
                reader.MarkOf("building"),
                CommunityTexts.OtherBuilding(given.Value, zone.Id.Value, other.Value),
                CommunityTexts.LeaveOut("building"));
        }

        return building ?? zone?.Building;
    }
}
