using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SmartCommunity.Api.Input;
using SmartCommunity.Api.OpenApi;
using SmartCommunity.Api.Paging;
using SmartCommunity.Api.Problems;
using SmartCommunity.Api.SignIn;
using SmartCommunity.Stores.Accounts;

namespace SmartCommunity.Api.Accounts;

/// <summary>Accounts of gateways, integrations and subscribers. For administrators.</summary>
internal static class AccountRoutes
{
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        var accounts = routes.MapGroup("/accounts").WithTags("accounts");
        accounts.MapGet("", ListAsync).Describe("Accounts", "Who signs in to MQTT and is no device. For administrators.")
            .Produces<Page<AccountItem>>().ProducesProblems(400, 401, 403);
        accounts.MapGet("/{id}", ReadAsync).Describe("One account", "With its topic rules. The ETag is the version. For administrators.")
            .Produces<AccountItem>().ProducesProblems(401, 403, 404);
        accounts.MapPost("", AccountCommands.CreateAsync)
            .Describe("Make an account", "It can not sign in before it has a token (POST …/tokens) or a name in a certificate. For administrators.")
            .Produces<AccountItem>(StatusCodes.Status201Created).ProducesProblems(400, 401, 403, 409);
        accounts.MapPut("/{id}", AccountCommands.ChangeAsync)
            .Describe(
                "Change an account",
                "The whole of it: what the body lacks is the default. New rules hold at once, also for subscriptions that are there; an account that is disabled loses its "
                + "connections and sessions. For administrators.")
            .WithMetadata(TakesHeader.IfMatch)
            .Produces<AccountItem>().ProducesProblems(400, 401, 403, 404, 412);
        accounts.MapDelete("/{id}", AccountCommands.DeleteAsync)
            .Describe("Delete an account", "With its tokens, connections and sessions. For administrators.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblems(401, 403, 404);
        TokenRoutes.Map(routes.MapGroup("/accounts/{id}/tokens").WithTags("accounts"), "account", FindOwnerAsync);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, SignedInPerson person, IAccountStore store, ApiOptions options,
        [Description("Only of this kind: gateway, integration or subscriber.")] string? kind,
        [Description("Text that occurs in the name.")] string? q,
        [Description("The next of the page before.")] string? cursor, [Description("How many, 1 to 500.")] string? limit)
    {
        if (!person.IsAdministrator)
        {
            return AccountProblems.NeedsAdministrator(context);
        }

        var input = new InputChecker(context);
        var page = input.ReadPage(options, cursor, limit);
        var kinds = input.Names<AccountKind>("kind", kind);
        if (input.Problem is { } problem)
        {
            return problem;
        }

        var accounts = (await store.ReadAsync(context.RequestAborted)).Accounts
            .Where(account => (kinds.IsEmpty || kinds.Contains(account.Kind)) && (string.IsNullOrEmpty(q) || account.Name.Contains(q, StringComparison.OrdinalIgnoreCase)));
        var (items, next) = page.Cut(accounts, account => account.Name);
        return TypedResults.Ok(new Page<AccountItem>([.. items.Select(AccountItem.Of)], next));
    }

    private static async Task<IResult> ReadAsync(HttpContext context, SignedInPerson person, string id, IAccountStore store)
    {
        if (!person.IsAdministrator)
        {
            return AccountProblems.NeedsAdministrator(context);
        }

        if (await store.FindAccountAsync(id, context.RequestAborted) is not { } account)
        {
            return ApiProblem.NotFound(context, AccountProblems.Account, id);
        }

        context.WriteVersion(account.Version);
        return TypedResults.Ok(AccountItem.Of(account));
    }

    private static async Task<(TokenOwner? Owner, IResult? Problem)> FindOwnerAsync(HttpContext context, SignedInPerson person, string id)
    {
        var store = (IAccountStore)context.RequestServices.GetService(typeof(IAccountStore))!;
        return await store.FindAccountAsync(id, context.RequestAborted) is { } account
            ? (new(account.Name, IsDevice: false), null)
            : (null, ApiProblem.NotFound(context, AccountProblems.Account, id));
    }
}
