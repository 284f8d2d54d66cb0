using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SmartCommunity.Api.Input;
using SmartCommunity.Api.OpenApi;
using SmartCommunity.Api.Paging;
using SmartCommunity.Api.Places;
using SmartCommunity.Api.Problems;
using SmartCommunity.Api.SignIn;
using SmartCommunity.Communities.Files;
using SmartCommunity.Communities.Model;
using SmartCommunity.Events.Ids;
using SmartCommunity.Stores.Directory;

namespace SmartCommunity.Api.Communities;

/// <summary>Communities: the list, and one's whole file as YAML or JSON.</summary>
internal static class CommunityRoutes
{
    public const string Yaml = "application/yaml";
    private const string Json = "application/json";

    public static void MapCommunities(this IEndpointRouteBuilder routes, ApiOptions options)
    {
        var communities = routes.MapGroup("/communities").WithTags("communities");
        communities.MapGet("", ListAsync).Describe("Communities", "Those that you may see, with what is open in them.")
            .Produces<Page<CommunityItem>>().ProducesProblems(400, 401);
        communities.MapGet("/{id}", ReadAsync)
            .Describe(
                "One community's file", "Places, devices, people and rules; YAML when Accept asks for application/yaml or text/yaml, else JSON. The ETag is the version.")
            .Produces<object>(StatusCodes.Status200OK, Json, Yaml).ProducesProblems(401, 404);
        communities.MapPut("/{id}", CommunityPut.RunAsync)
            .Describe(
                "Store a community's file", "YAML or JSON, checked whole; every error is answered at once with its path. For administrators and the community's property managers; "
                + "only an administrator adds a community.")
            .Accepts<object>(Yaml, Json, "text/yaml", "application/x-yaml")
            .WithMetadata(new BodyLimit(options.MaxFileBytes), TakesHeader.IfMatch)
            .Produces<CommunityStored>().Produces<CommunityStored>(StatusCodes.Status201Created).ProducesProblems(400, 401, 403, 404, 412, 413);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, SignedInPerson person, [AsParameters] PlaceListQuery query, LivePlaces live, ApiOptions options)
    {
        var input = new InputChecker(context);
        var page = input.ReadPage(options, query.Cursor, query.Limit);
        var communities = query.Communities(person, input);
        if (input.Problem is { } problem)
        {
            return problem;
        }

        var (items, next) = page.Cut(communities, item => item.Community.Id.Value);
        var summaries = await live.ReadSummariesAsync(items);
        var language = RequestLanguage.Of(context);
        return TypedResults.Ok(
            new Page<CommunityItem>([.. items.Select(item => CommunityItem.Of(item, summaries.OfCommunity(item.Community.Id), language))], next));
    }

    private static async Task<IResult> ReadAsync(HttpContext context, SignedInPerson person, string id, IDirectoryStore store)
    {
        if (!Identifier.TryParse<CommunityId>(id, out var community) || person.FindVisible(community) is not { } snapshot)
        {
            return ApiProblem.NotFound(context, ProblemTexts.Community, id);
        }

        context.WriteVersion(snapshot.Version);
        context.Response.Headers.Vary = "Accept";
        return WantsYaml(context.Request)
            ? Results.Text(await ReadYamlAsync(snapshot, store, context.RequestAborted), $"{Yaml}; charset=utf-8")
            : Results.Text(CommunityFile.WriteJson(snapshot.Community), $"{Json}; charset=utf-8");
    }

    // The file as someone wrote it, with their comments; written anew when they wrote JSON, or when another version has been stored in this moment.
    private static async Task<string> ReadYamlAsync(CommunitySnapshot snapshot, IDirectoryStore store, CancellationToken cancellationToken)
    {
        var stored = await store.ReadCommunitiesAsync(cancellationToken);
        var text = stored.FirstOrDefault(item => item.Id == snapshot.Community.Id && item.Version == snapshot.Version)?.Yaml;
        return text is null || text.AsSpan().TrimStart().StartsWith("{", StringComparison.Ordinal) ? CommunityFile.Write(snapshot.Community) : text;
    }

    private static bool WantsYaml(HttpRequest request) => request.GetTypedHeaders().Accept
        .OrderByDescending(accept => accept.Quality ?? 1)
        .Select(accept => accept.MediaType.Value ?? "")
        .FirstOrDefault(
            type => type.EndsWith("yaml", StringComparison.OrdinalIgnoreCase) || type.EndsWith("json", StringComparison.OrdinalIgnoreCase) || type == "*/*")
        ?.EndsWith("yaml", StringComparison.OrdinalIgnoreCase) is true;
}
