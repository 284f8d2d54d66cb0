using System.Collections.Immutable;
using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SmartCommunity.Api.Input;
using SmartCommunity.Api.OpenApi;
using SmartCommunity.Api.Paging;
using SmartCommunity.Api.Places;
using SmartCommunity.Api.Problems;
using SmartCommunity.Api.SignIn;
using SmartCommunity.Communities.Model;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Stores.Events;

namespace SmartCommunity.Api.Devices;

/// <summary>Devices with live state; their tokens and their import have files of their own.</summary>
internal static class DeviceRoutes
{
    public static void MapDevices(this IEndpointRouteBuilder routes)
    {
        var devices = routes.MapGroup("/devices").WithTags("devices");
        devices.MapGet("", ListAsync).Describe("Devices", "With online, lastSeenAt and last values.")
            .Produces<Page<DeviceItem>>().ProducesProblems(400, 401);
        devices.MapGet("/{id}", ReadAsync).Describe("One device", "With its last events.")
            .Produces<DeviceDetail>().ProducesProblems(401, 404);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, SignedInPerson person, [AsParameters] PlaceListQuery query, [AsParameters] DeviceFilter filter, LivePlaces live,
        ApiOptions options)
    {
        var input = new InputChecker(context);
        var page = input.ReadPage(options, query.Cursor, query.Limit);
        var communities = query.Communities(person, input);
        var matches = filter.Read(input, RequestLanguage.Of(context));
        if (input.Problem is { } problem)
        {
            return problem;
        }

        var candidates = communities.SelectMany(item => item.Community.Devices.Where(matches).Select(device => (Snapshot: item, Device: device)));
        if (filter.Online is { } online)
        {
            // Who is online is known only by the grains, so all candidates are looked at before the page is cut.
            var all = candidates.ToImmutableArray();
            var states = await live.ReadDevicesAsync(all.Select(item => (item.Snapshot.Community.Id, item.Device)));
            candidates = all.Where(item => (states.GetValueOrDefault(item.Device.Id.Value)?.Online is true) == online);
        }

        var (items, next) = page.Cut(candidates, item => item.Device.Id.Value);
        var shown = await live.ReadDevicesAsync(items.Select(item => (item.Snapshot.Community.Id, item.Device)));
        var language = RequestLanguage.Of(context);
        return TypedResults.Ok(new Page<DeviceItem>(
            [.. items.Select(item => DeviceItem.Of(item.Snapshot, item.Device, shown.GetValueOrDefault(item.Device.Id.Value), language))], next));
    }

    private static async Task<IResult> ReadAsync(HttpContext context, SignedInPerson person, string id, LivePlaces live, IEventStore events, ApiOptions options)
    {
        if (person.FindDevice(id) is not { } found)
        {
            return ApiProblem.NotFound(context, ProblemTexts.Device, id);
        }

        var language = RequestLanguage.Of(context);
        var states = await live.ReadDevicesAsync([(found.Snapshot.Community.Id, found.Device)]);
        var last = await events.ListAsync(found.Device.Id, options.LastEvents, context.RequestAborted);
        return TypedResults.Ok(new DeviceDetail(
            DeviceItem.Of(found.Snapshot, found.Device, states.GetValueOrDefault(id), language), [.. last.Select(item => DeviceEventItem.Of(item, language))]));
    }

    /// <summary>A device if it is there and the person may see it.</summary>
    public static (CommunitySnapshot Snapshot, Device Device)? FindDevice(this SignedInPerson person, string? id) =>
        Identifier.TryParse<DeviceId>(id, out var device) && person.VisibleCommunities.FirstOrDefault(item => item.Devices.ContainsKey(device)) is { } snapshot
            ? (snapshot, snapshot.Devices[device])
            : null;
}

/// <summary>Which devices to list.</summary>
internal sealed record DeviceFilter(
    [property: Description("Only in this grid.")] string? Grid,
    [property: Description("Only in or on this building.")] string? Building,
    [property: Description("Only those that watch this zone.")] string? Zone,
    [property: Description("Only of this kind.")] string? Kind,
    [property: Description("Only those that are online, or only the others.")] bool? Online,
    [property: Description("Text that occurs in the id or the name.")] string? Q)
{
    public Func<Device, bool> Read(InputChecker input, string language)
    {
        var grid = input.Id<GridId>("grid", Grid);
        var building = input.Id<BuildingId>("building", Building);
        var zone = input.Id<ZoneId>("zone", Zone);
        return device => (grid is null || device.Grid == grid)
            && (building is null || device.Building == building)
            && (zone is null || device.Zone == zone)
            && (string.IsNullOrEmpty(Kind) || device.Kind == Kind)
            && (string.IsNullOrEmpty(Q) || device.Id.Value.Contains(Q, StringComparison.OrdinalIgnoreCase) || Contains(device.Name, Q, language));
    }

    private static bool Contains(LocalizedText name, string text, string language) => name.In(language).Contains(text, StringComparison.OrdinalIgnoreCase);
}
