using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SmartCommunity.Api.Input;
using SmartCommunity.Api.Problems;
using SmartCommunity.Api.SignIn;
using SmartCommunity.Events.Ids;
using SmartCommunity.Grains.Communities;
using SmartCommunity.Stores.Accounts;

namespace SmartCommunity.Api.Accounts;

/// <summary>Makes, changes and deletes accounts; each is a log line.</summary>
internal static class AccountCommands
{
    public static async Task<IResult> CreateAsync(
        HttpContext context, SignedInPerson person, AccountBody? body, IAccountStore store, CommunityDirectory directory, MqttTokens tokens, TimeProvider time,
        ILogger<AccountBody> logger)
    {
        if (!person.IsAdministrator)
        {
            return AccountProblems.NeedsAdministrator(context);
        }

        var input = new InputChecker(context);
        var name = ReadName(input, body?.Name, directory);
        var account = (body ?? new()).Read(input, name, time.GetUtcNow());
        if (input.Problem is { } problem)
        {
            return problem;
        }

        if (!await store.WriteAccountAsync(account, expectedVersion: 0, context.RequestAborted))
        {
            return ApiProblem.Of(context, ProblemKinds.AccountExists);
        }

        await tokens.TellAsync(context.RequestAborted);
        logger.AccountChanged(person.Id.Value, "made", name);
        context.WriteVersion(1);
        return TypedResults.Created($"/api/v1/accounts/{name}", AccountItem.Of(account with { Version = 1 }));
    }

    public static async Task<IResult> ChangeAsync(
        HttpContext context, SignedInPerson person, string id, AccountBody? body, IAccountStore store, MqttTokens tokens, TimeProvider time, ILogger<AccountBody> logger)
    {
        if (!person.IsAdministrator)
        {
            return AccountProblems.NeedsAdministrator(context);
        }

        if (await store.FindAccountAsync(id, context.RequestAborted) is not { } stored)
        {
            return ApiProblem.NotFound(context, AccountProblems.Account, id);
        }

        var input = new InputChecker(context);
        var expected = context.ReadExpectedVersion(input) ?? stored.Version;
        var account = (body ?? new()).Read(input, id, time.GetUtcNow()) with { CreatedAt = stored.CreatedAt };
        if (input.Problem is { } problem)
        {
            return problem;
        }

        if (!await store.WriteAccountAsync(account, expected, context.RequestAborted))
        {
            return ApiProblem.Of(context, ProblemKinds.StaleVersion);
        }

        await tokens.TellAsync(context.RequestAborted);
        logger.AccountChanged(person.Id.Value, account.Enabled == stored.Enabled ? "changed" : account.Enabled ? "enabled" : "disabled", id);
        context.WriteVersion(expected + 1);
        return TypedResults.Ok(AccountItem.Of(account with { Version = expected + 1 }));
    }

    public static async Task<IResult> DeleteAsync(
        HttpContext context, SignedInPerson person, string id, IAccountStore store, MqttTokens tokens, ILogger<AccountBody> logger)
    {
        if (!person.IsAdministrator)
        {
            return AccountProblems.NeedsAdministrator(context);
        }

        if (!await store.DeleteAccountAsync(id, context.RequestAborted))
        {
            return ApiProblem.NotFound(context, AccountProblems.Account, id);
        }

        await tokens.TellAsync(context.RequestAborted);
        logger.AccountChanged(person.Id.Value, "deleted", id);
        return TypedResults.NoContent();
    }

    private static string ReadName(InputChecker input, string? name, CommunityDirectory directory)
    {
        // The rule of ids: no / + #, so that a name can not widen a rule that holds it.
        if (string.IsNullOrEmpty(name))
        {
            input.Add("name", InputTexts.Missing, InputTexts.IdHint);
        }
        else if (!Identifier.IsValid(name))
        {
            input.Add("name", InputTexts.NotAnId, InputTexts.IdHint);
        }
        else if (directory.TryFindDevice(DeviceId.FromTrusted(name), out _))
        {
            input.Add("name", AccountProblems.IsDevice, AccountProblems.ChooseAnother);
        }

        return name ?? "";
    }
}
