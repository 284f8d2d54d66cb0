using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using SmartCommunity.Api.OpenApi;
using SmartCommunity.Api.Problems;
using SmartCommunity.Api.SignIn;
using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Api.Devices;

/// <summary><c>POST /api/v1/devices/{id}:issue-token</c>.</summary>
internal static class DeviceTokenRoutes
{
    private static readonly LocalizedText Who = new("系统管理员", "administrator");

    public static void MapDeviceTokens(this IEndpointRouteBuilder routes) => routes.MapPost("/devices/{id}:issue-token", IssueAsync).WithTags("devices")
        .Describe("Issue a device's token", "A fresh MQTT password; it is shown once, and the one before is no longer good. For administrators.")
        .Produces<DeviceToken>().ProducesProblems(401, 403, 404);

    private static async Task<IResult> IssueAsync(HttpContext context, SignedInPerson person, string id, DeviceTokens tokens, ILogger<DeviceTokens> logger)
    {
        if (!person.IsAdministrator)
        {
            return ApiProblem.Of(context, ProblemKinds.Forbidden, ProblemTexts.NeedsRole(Who));
        }

        if (person.FindDevice(id) is not { } found)
        {
            return ApiProblem.NotFound(context, ProblemTexts.Device, id);
        }

        var issued = await tokens.IssueAsync([found.Device.Id], context.RequestAborted);
        logger.TokenIssued(person.Id.Value, id);
        return TypedResults.Ok(issued[0]);
    }
}
