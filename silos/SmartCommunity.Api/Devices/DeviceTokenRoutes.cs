using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using SmartCommunity.Api.Accounts;
using SmartCommunity.Api.OpenApi;
using SmartCommunity.Api.Problems;
using SmartCommunity.Api.SignIn;
using SmartCommunity.Stores.Accounts;

namespace SmartCommunity.Api.Devices;

/// <summary><c>POST /api/v1/devices/{id}:issue-token</c>, and the tokens of a device one by one.</summary>
internal static class DeviceTokenRoutes
{
    public static void MapDeviceTokens(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/devices/{id}:issue-token", IssueAsync).WithTags("devices")
            .Describe("Issue a device's token", "A fresh MQTT password; it is shown once, and those before are no longer good. For administrators.")
            .Produces<DeviceToken>().ProducesProblems(401, 403, 404);
        TokenRoutes.Map(routes.MapGroup("/devices/{id}/tokens").WithTags("devices"), "device", FindOwner);
    }

    private static Task<(TokenOwner? Owner, IResult? Problem)> FindOwner(HttpContext context, SignedInPerson person, string id) => Task.FromResult<(TokenOwner?, IResult?)>(
        person.FindDevice(id) is { } found
            ? (new(found.Device.Id.Value, IsDevice: true), null)
            : (null, ApiProblem.NotFound(context, ProblemTexts.Device, id)));

    private static async Task<IResult> IssueAsync(HttpContext context, SignedInPerson person, string id, MqttTokens tokens, ILogger<MqttTokens> logger)
    {
        if (!person.IsAdministrator)
        {
            return AccountProblems.NeedsAdministrator(context);
        }

        var (owner, problem) = await FindOwner(context, person, id);
        if (owner is not { } device)
        {
            return problem!;
        }

        var issued = (await tokens.IssueAsync([device], TokenRotation.AtOnce, context.RequestAborted))![0];
        logger.TokenIssued(person.Id.Value, issued.Id, id, "at-once");
        return TypedResults.Ok(new DeviceToken(issued.Owner, issued.Token, issued.Id));
    }
}

/// <summary>A device's new token.</summary>
/// <param name="Device">The device; its MQTT user name.</param>
/// <param name="Token">Its MQTT password; it can not be read again.</param>
/// <param name="Id">The token's id, for lists and revocation.</param>
public sealed record DeviceToken(string Device, string Token, string Id);
