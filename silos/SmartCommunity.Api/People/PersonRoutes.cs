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
using SmartCommunity.Incidents.People;

namespace SmartCommunity.Api.People;

/// <summary>Someone who signs in.</summary>
/// <param name="Id">The person; also the user name.</param>
/// <param name="Community">A community that they belong to; whoever serves several is listed once for each.</param>
/// <param name="Name">Their name.</param>
/// <param name="Roles">What they may do there, in kebab-case.</param>
/// <param name="Grids">The grids that they serve; empty means the whole community.</param>
public sealed record PersonItem(string Id, string Community, string Name, ImmutableArray<string> Roles, ImmutableArray<string> Grids)
{
    internal static PersonItem Of(CommunitySnapshot snapshot, Person person) => new(
        person.Id.Value, snapshot.Community.Id.Value, person.Name, [.. person.Roles.Select(RoleNames.Of)], [.. person.Grids.Select(grid => grid.Value)]);
}

/// <summary>The people of communities.</summary>
internal static class PersonRoutes
{
    private static readonly string[] Roles = [.. Enum.GetValues<Role>().Select(RoleNames.Of)];

    public static void MapPeople(this IEndpointRouteBuilder routes)
    {
        var people = routes.MapGroup("/people").WithTags("people");
        people.MapGet("", List).Describe("People", "Who signs in, with their roles.").Produces<Page<PersonItem>>().ProducesProblems(400, 401);
        people.MapGet("/{id}", Read).Describe("One person", "In the first of the communities that they serve and you may see.")
            .Produces<PersonItem>().ProducesProblems(401, 404);
    }

    private static IResult List(
        HttpContext context, SignedInPerson person, [AsParameters] PlaceListQuery query, ApiOptions options,
        [Description("Only with one of these roles, for example grid-worker; separated by commas.")] string? role)
    {
        var input = new InputChecker(context);
        var page = input.ReadPage(options, query.Cursor, query.Limit);
        var roles = input.Words("role", role, Roles);
        var people = query.Communities(person, input).SelectMany(item => item.Community.People.Select(member => PersonItem.Of(item, member)));
        if (input.Problem is { } problem)
        {
            return problem;
        }

        var (items, next) = page.Cut(people.Where(item => roles.IsEmpty || item.Roles.Any(roles.Contains)), item => $"{item.Id}/{item.Community}");
        return TypedResults.Ok(new Page<PersonItem>(items, next));
    }

    private static IResult Read(HttpContext context, SignedInPerson person, string id) =>
        Identifier.TryParse<PersonId>(id, out var wanted) && person.VisibleCommunities.FirstOrDefault(item => item.People.ContainsKey(wanted)) is { } snapshot
            ? TypedResults.Ok(PersonItem.Of(snapshot, snapshot.People[wanted]))
            : ApiProblem.NotFound(context, ProblemTexts.Person, id);
}
