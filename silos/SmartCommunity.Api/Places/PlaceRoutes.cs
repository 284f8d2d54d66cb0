using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SmartCommunity.Api.Input;
using SmartCommunity.Api.OpenApi;
using SmartCommunity.Api.Paging;
using SmartCommunity.Api.Problems;
using SmartCommunity.Api.SignIn;
using SmartCommunity.Communities.Model;
using SmartCommunity.Events.Ids;

namespace SmartCommunity.Api.Places;

/// <summary>Grids, buildings and zones with live state.</summary>
internal static class PlaceRoutes
{
    public static void MapPlaces(this IEndpointRouteBuilder routes)
    {
        var places = routes.MapGroup("").WithTags("places");
        places.MapGet("/grids", ListGridsAsync).Describe("Grids", "网格 with what is open in their buildings and outdoor zones.")
            .Produces<Page<GridItem>>().ProducesProblems(400, 401);
        places.MapGet("/grids/{id}", ReadGridAsync).Describe("One grid", "With the live conditions of its outdoor zones.")
            .Produces<GridDetail>().ProducesProblems(401, 404);
        places.MapGet("/buildings", ListBuildingsAsync).Describe("Buildings", "楼栋 with worst open severity, open cases and devices online.")
            .Produces<Page<BuildingItem>>().ProducesProblems(400, 401);
        places.MapGet("/buildings/{id}", ReadBuildingAsync).Describe("One building", "With its live conditions.")
            .Produces<BuildingDetail>().ProducesProblems(401, 404);
        places.MapGet("/zones", ListZonesAsync).Describe("Zones", "区域: gates, lanes, fire lanes, garages, playgrounds.")
            .Produces<Page<ZoneItem>>().ProducesProblems(400, 401);
        places.MapGet("/zones/{id}", ReadZoneAsync).Describe("One zone", "With its devices' count.")
            .Produces<ZoneItem>().ProducesProblems(401, 404);
    }

    private static async Task<IResult> ListGridsAsync(
        HttpContext context, SignedInPerson person, [AsParameters] PlaceListQuery query, LivePlaces live, ApiOptions options)
    {
        var input = new InputChecker(context);
        var page = input.ReadPage(options, query.Cursor, query.Limit);
        var communities = query.Communities(person, input);
        if (input.Problem is { } problem)
        {
            return problem;
        }

        var summaries = await live.ReadSummariesAsync(communities);
        var (items, next) = page.Cut(
            communities.SelectMany(item => item.Community.Grids.Select(grid => (Snapshot: item, Grid: grid))), item => item.Grid.Id.Value);
        var language = RequestLanguage.Of(context);
        return TypedResults.Ok(new Page<GridItem>(
            [.. items.Select(item => GridItem.Of(item.Snapshot, item.Grid, summaries.OfGrid(item.Snapshot.Community.Id, item.Grid.Id), language))], next));
    }

    private static async Task<IResult> ReadGridAsync(HttpContext context, SignedInPerson person, string id, LivePlaces live)
    {
        if (!Identifier.TryParse<GridId>(id, out var grid)
            || person.VisibleCommunities.FirstOrDefault(item => item.Grids.ContainsKey(grid)) is not { } snapshot)
        {
            return ApiProblem.NotFound(context, ProblemTexts.Grid, id);
        }

        var summaries = await live.ReadSummariesAsync([snapshot]);
        var outdoors = await live.ReadAsync(snapshot.Community.Id, grid);
        return TypedResults.Ok(new GridDetail(
            GridItem.Of(snapshot, snapshot.Grids[grid], summaries.OfGrid(snapshot.Community.Id, grid), RequestLanguage.Of(context)),
            [.. outdoors.Conditions.Select(ConditionItem.Of)]));
    }

    private static async Task<IResult> ListBuildingsAsync(
        HttpContext context, SignedInPerson person, [AsParameters] PlaceListQuery query, [Description("Only of this grid.")] string? grid, LivePlaces live,
        ApiOptions options)
    {
        var input = new InputChecker(context);
        var page = input.ReadPage(options, query.Cursor, query.Limit);
        var communities = query.Communities(person, input);
        var gridId = input.Id<GridId>("grid", grid);
        if (input.Problem is { } problem)
        {
            return problem;
        }

        var summaries = await live.ReadSummariesAsync(communities);
        var (items, next) = page.Cut(
            communities.SelectMany(
                item => item.Community.Buildings.Where(building => gridId is null || building.Grid == gridId)
                    .Select(building => (Snapshot: item, Building: building))),
            item => item.Building.Id.Value);
        var language = RequestLanguage.Of(context);
        return TypedResults.Ok(new Page<BuildingItem>(
            [.. items.Select(item =>
                BuildingItem.Of(item.Snapshot, item.Building, summaries.OfBuilding(item.Snapshot.Community.Id, item.Building.Id), language))],
            next));
    }

    private static async Task<IResult> ReadBuildingAsync(HttpContext context, SignedInPerson person, string id, LivePlaces live)
    {
        if (!Identifier.TryParse<BuildingId>(id, out var building)
            || person.VisibleCommunities.FirstOrDefault(item => item.Buildings.ContainsKey(building)) is not { } snapshot)
        {
            return ApiProblem.NotFound(context, ProblemTexts.Building, id);
        }

        var view = await live.ReadAsync(snapshot.Community.Id, building);
        var item = BuildingItem.Of(snapshot, snapshot.Buildings[building], LiveCounts.Sum([view.Summary]), RequestLanguage.Of(context));
        return TypedResults.Ok(new BuildingDetail(item, [.. view.Conditions.Select(ConditionItem.Of)]));
    }

    private static async Task<IResult> ListZonesAsync(
        HttpContext context, SignedInPerson person, [AsParameters] PlaceListQuery query, [Description("Only of this grid.")] string? grid, LivePlaces live,
        ApiOptions options)
    {
        var input = new InputChecker(context);
        var page = input.ReadPage(options, query.Cursor, query.Limit);
        var communities = query.Communities(person, input);
        var gridId = input.Id<GridId>("grid", grid);
        if (input.Problem is { } problem)
        {
            return problem;
        }

        var (items, next) = page.Cut(
            communities.SelectMany(
                item => item.Community.Zones.Where(zone => gridId is null || zone.Grid == gridId).Select(zone => (Snapshot: item, Zone: zone))),
            item => item.Zone.Id.Value);
        var devices = await live.ReadDevicesAsync(items.SelectMany(item => DevicesOf(item.Snapshot, item.Zone)));
        var language = RequestLanguage.Of(context);
        return TypedResults.Ok(new Page<ZoneItem>([.. items.Select(item => ZoneItem.Of(item.Snapshot, item.Zone, devices, language))], next));
    }

    private static async Task<IResult> ReadZoneAsync(HttpContext context, SignedInPerson person, string id, LivePlaces live)
    {
        if (!Identifier.TryParse<ZoneId>(id, out var zone)
            || person.VisibleCommunities.FirstOrDefault(item => item.Zones.ContainsKey(zone)) is not { } snapshot)
        {
            return ApiProblem.NotFound(context, ProblemTexts.Zone, id);
        }

        var devices = await live.ReadDevicesAsync(DevicesOf(snapshot, snapshot.Zones[zone]));
        return TypedResults.Ok(ZoneItem.Of(snapshot, snapshot.Zones[zone], devices, RequestLanguage.Of(context)));
    }

    private static IEnumerable<(CommunityId Community, Device Device)> DevicesOf(CommunitySnapshot snapshot, Zone zone) =>
        snapshot.Community.Devices.Where(device => device.Zone == zone.Id).Select(device => (snapshot.Community.Id, device));
}
