using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using SmartCommunity.Api.Input;
using SmartCommunity.Api.OpenApi;
using SmartCommunity.Api.Problems;
using SmartCommunity.Api.SignIn;
using SmartCommunity.Stores.Accounts;

namespace SmartCommunity.Api.Accounts;

/// <summary>Finds whose tokens a path names, or the problem to answer.</summary>
internal delegate Task<(TokenOwner? Owner, IResult? Problem)> OwnerFinder(HttpContext context, SignedInPerson person, string id);

/// <summary>The tokens of one device or account: list, issue, revoke one, revoke all. For administrators; each change is a log line.</summary>
internal static class TokenRoutes
{
    /// <param name="tokens">A group whose path has the owner as <c>{id}</c>.</param>
    /// <param name="what">«device» or «account», for descriptions.</param>
    /// <param name="find">Finds the owner.</param>
    public static void Map(RouteGroupBuilder tokens, string what, OwnerFinder find)
    {
        tokens.MapGet("", (HttpContext context, SignedInPerson person, string id, IAccountStore store) => ListAsync(context, person, id, store, find))
            .Describe($"Tokens of a {what}", "Ids with when they were made, last used, and when they end; never the tokens. For administrators.")
            .Produces<TokenList>().ProducesProblems(401, 403, 404);
        tokens.MapPost(
                "", (HttpContext context, SignedInPerson person, string id, TokenRequest? request, MqttTokens service, TimeProvider time, ILogger<MqttTokens> logger) =>
                    IssueAsync(context, person, id, request ?? new(), service, time, logger, find))
            .Describe(
                $"Rotate the token of a {what}",
                "A second MQTT password, shown once. The old one stays good for a day, or as the body says; two are good at once, so that a third is refused. For administrators.")
            .Produces<IssuedToken>(StatusCodes.Status201Created).ProducesProblems(400, 401, 403, 404, 409);
        tokens.MapDelete(
                "/{token}", (HttpContext context, SignedInPerson person, string id, string token, MqttTokens service, ILogger<MqttTokens> logger) =>
                    RevokeAsync(context, person, id, token, service, logger, find))
            .Describe($"Revoke one token of a {what}", "Connections that signed in with it are closed; others stay. For administrators.")
            .Produces<RevokedTokens>().ProducesProblems(401, 403, 404);
        tokens.MapDelete(
                "", (HttpContext context, SignedInPerson person, string id, MqttTokens service, ILogger<MqttTokens> logger) =>
                    RevokeAsync(context, person, id, token: null, service, logger, find))
            .Describe($"Revoke all tokens of a {what}", "Its connections are closed, and its sessions end with what waits in them. For administrators.")
            .Produces<RevokedTokens>().ProducesProblems(401, 403, 404);
    }

    private static async Task<IResult> ListAsync(HttpContext context, SignedInPerson person, string id, IAccountStore store, OwnerFinder find)
    {
        var (owner, problem) = await FindAsync(context, person, id, find);
        return owner is { } found
            ? TypedResults.Ok(new TokenList([.. (await store.ReadTokensAsync(found, context.RequestAborted)).Select(TokenItem.Of)]))
            : problem!;
    }

    private static async Task<IResult> IssueAsync(
        HttpContext context, SignedInPerson person, string id, TokenRequest request, MqttTokens tokens, TimeProvider time, ILogger logger, OwnerFinder find)
    {
        var (owner, problem) = await FindAsync(context, person, id, find);
        if (owner is not { } found)
        {
            return problem!;
        }

        var input = new InputChecker(context);
        var rotation = request.Read(input, time.GetUtcNow());
        if (input.Problem is { } invalid)
        {
            return invalid;
        }

        if (await tokens.IssueAsync([found], rotation, context.RequestAborted) is not { } issued)
        {
            return ApiProblem.Of(context, ProblemKinds.TwoTokens);
        }

        logger.TokenIssued(person.Id.Value, issued[0].Id, id, request.Word);
        return TypedResults.Created((string?)null, issued[0]);
    }

    private static async Task<IResult> RevokeAsync(
        HttpContext context, SignedInPerson person, string id, string? token, MqttTokens tokens, ILogger logger, OwnerFinder find)
    {
        var (owner, problem) = await FindAsync(context, person, id, find);
        if (owner is not { } found)
        {
            return problem!;
        }

        var revoked = await tokens.RevokeAsync(found, token, context.RequestAborted);
        if (token is not null && revoked.IsEmpty)
        {
            return ApiProblem.NotFound(context, AccountProblems.Token, token);
        }

        logger.TokensRevoked(person.Id.Value, id, string.Join(", ", revoked));
        return TypedResults.Ok(new RevokedTokens(revoked));
    }

    private static async Task<(TokenOwner? Owner, IResult? Problem)> FindAsync(HttpContext context, SignedInPerson person, string id, OwnerFinder find) =>
        person.IsAdministrator ? await find(context, person, id) : (null, AccountProblems.NeedsAdministrator(context));
}
