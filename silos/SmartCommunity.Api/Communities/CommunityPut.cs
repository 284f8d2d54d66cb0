using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Orleans;
using SmartCommunity.Api.Input;
using SmartCommunity.Api.Problems;
using SmartCommunity.Api.SignIn;
using SmartCommunity.Communities.Files;
using SmartCommunity.Communities.Model;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Grains.Communities;
using SmartCommunity.Grains.Contracts;
using SmartCommunity.Incidents.People;

namespace SmartCommunity.Api.Communities;

/// <summary><c>PUT /api/v1/communities/{id}</c>.</summary>
internal static class CommunityPut
{
    private static readonly LocalizedText Editors = new("系统管理员或本社区的物业经理", "administrator, or property-manager of this community");
    private static readonly LocalizedText Creators = new("系统管理员", "administrator");

    public static async Task<IResult> RunAsync(
        HttpContext context, SignedInPerson person, string id, CommunityDirectory directory, CommunityWriter writer, ApiOptions options,
        ILogger<CommunityStored> logger)
    {
        if (!Identifier.TryParse<CommunityId>(id, out var community))
        {
            return ApiProblem.NotFound(context, ProblemTexts.Community, id);
        }

        var current = directory.Find(community);
        if (Refuse(context, person, community, current) is { } refusal)
        {
            return refusal;
        }

        var input = new InputChecker(context);
        var expected = context.Request.Headers.IfNoneMatch.ToString() == "*" ? 0 : context.ReadExpectedVersion(input);
        if (input.Problem is { } problem)
        {
            return problem;
        }

        var (text, unreadable) = await BodyText.ReadAsync(context, options.MaxFileBytes);
        if (text is null)
        {
            return unreadable!;
        }

        var (answer, refused) = await writer.WriteAsync(context, person, community, text, expected);
        if (answer is null)
        {
            return refused!;
        }

        logger.CommunityStored(person.Id.Value, answer.Version, id);
        context.WriteVersion(answer.Version);
        return current is null ? TypedResults.Created($"/api/v1/communities/{id}", answer) : TypedResults.Ok(answer);
    }

    private static IResult? Refuse(HttpContext context, SignedInPerson person, CommunityId community, CommunitySnapshot? current)
    {
        if (person.MayEdit(community))
        {
            return null;
        }

        if (current is null)
        {
            return ApiProblem.Of(context, ProblemKinds.Forbidden, ProblemTexts.NeedsRole(Creators));
        }

        return person.FindVisible(community) is null
            ? ApiProblem.NotFound(context, ProblemTexts.Community, community.Value)
            : ApiProblem.Of(context, ProblemKinds.Forbidden, ProblemTexts.NeedsRole(Editors));
    }
}

/// <summary>Checks a community file against what this person may change, and lets the community's grain store it.</summary>
internal sealed class CommunityWriter(IGrainFactory grains, CommunityDirectory directory)
{
    private static readonly LocalizedText OtherId = new("文件中的社区编号与地址不同", "is not the community of the address");

    /// <summary>The stored community, or the problem that is to be answered.</summary>
    public async Task<(CommunityStored? Answer, IResult? Problem)> WriteAsync(
        HttpContext context, SignedInPerson person, CommunityId id, string text, long? expectedVersion)
    {
        var file = CommunityFile.Parse(text);
        if (file.Community is not { } community)
        {
            return (null, Invalid(context, file.Problems.Select(problem => FileErrors.Of(problem, RequestLanguage.Of(context)))));
        }

        if (community.Id != id)
        {
            return (null, Invalid(context, [new("id", OtherId.In(RequestLanguage.Of(context)), id.Value)]));
        }

        // Otherwise a property manager could make themselves an administrator, who is one everywhere.
        if (!person.IsAdministrator && !Administrators(directory.Find(id)?.Community).SetEquals(Administrators(community)))
        {
            return (null, ApiProblem.Of(context, ProblemKinds.AdministratorsChange));
        }

        var answer = await grains.GetGrain<ICommunityGrain>(id.Value).PutAsync(new(text, expectedVersion, person.Id.Value));
        if (!answer.Stored)
        {
            return (null, answer.Problems.Length > 0
                ? Invalid(context, answer.Problems.Select(problem => new InputError(problem.Path, problem.Message, problem.Hint)))
                : ApiProblem.Of(
                    context, ProblemKinds.StaleVersion, null, new Dictionary<string, object?>(StringComparer.Ordinal) { ["version"] = answer.Version }));
        }

        // Whoever reads next, reads what was just written.
        if ((directory.Find(id)?.Version ?? 0) < answer.Version)
        {
            await directory.LoadAsync(context.RequestAborted);
        }

        return (new(id.Value, answer.Version, CommunityCounts.Of(community)), null);
    }

    private static IResult Invalid(HttpContext context, IEnumerable<InputError> errors) =>
        ApiProblem.Invalid(context, [.. errors], ProblemKinds.CommunityInvalid);

    private static HashSet<PersonId> Administrators(Community? community) =>
        [.. (community?.People ?? []).Where(person => person.Roles.Contains(Role.Administrator)).Select(person => person.Id)];
}
