using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using SmartCommunity.Api.Accounts;
using SmartCommunity.Api.Input;
using SmartCommunity.Api.OpenApi;
using SmartCommunity.Api.Paging;
using SmartCommunity.Api.Problems;
using SmartCommunity.Api.SignIn;

namespace SmartCommunity.Api.Connections;

/// <summary>MQTT connections: who is there, and sending one away. For administrators.</summary>
internal static class ConnectionRoutes
{
    public static void MapConnections(this IEndpointRouteBuilder routes)
    {
        var connections = routes.MapGroup("/connections").WithTags("connections");
        connections.MapGet("", List)
            .Describe("MQTT connections", "Those that are signed in at this moment, with what went in and out and what waits. For administrators.")
            .Produces<Page<MqttConnection>>().ProducesProblems(400, 401, 403);
        connections.MapGet("/{clientId}", Read).Describe("One MQTT connection", "By client id, which is one account's own. For administrators.")
            .Produces<MqttConnection>().ProducesProblems(401, 403, 404, 409);
        connections.MapDelete("/{clientId}", CloseAsync)
            .Describe("Close an MQTT connection", "Its session stays, and the client may come back; revoke its token to keep it out. For administrators.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblems(401, 403, 404, 409);
    }

    private static IResult List(HttpContext context, SignedInPerson person, [AsParameters] ConnectionQuery query, IMqttConnections connections, ApiOptions options)
    {
        if (!person.IsAdministrator)
        {
            return AccountProblems.NeedsAdministrator(context);
        }

        var input = new InputChecker(context);
        var page = input.ReadPage(options, query.Cursor, query.Limit);
        var filter = query.ReadFilter(input);
        var order = query.ReadOrder(input);
        if (input.Problem is { } problem)
        {
            return problem;
        }

        var (items, next) = page.Cut(connections.List().Where(filter), order);
        return TypedResults.Ok(new Page<MqttConnection>(items, next));
    }

    private static IResult Read(
        HttpContext context, SignedInPerson person, string clientId, IMqttConnections connections, [Description("Whose, when several have the client id.")] string? account)
    {
        var (connection, problem) = Find(context, person, clientId, account, connections);
        return connection is null ? problem! : TypedResults.Ok(connection);
    }

    private static async Task<IResult> CloseAsync(
        HttpContext context, SignedInPerson person, string clientId, IMqttConnections connections, ILogger<MqttConnection> logger,
        [Description("Whose, when several have the client id.")] string? account)
    {
        var (connection, problem) = Find(context, person, clientId, account, connections);
        if (connection is null)
        {
            return problem!;
        }

        if (!await connections.DisconnectAsync(connection.Account, connection.ClientId, context.RequestAborted))
        {
            return ApiProblem.NotFound(context, AccountProblems.Connection, clientId);
        }

        logger.ConnectionClosed(person.Id.Value, connection.ClientId, connection.Account);
        return TypedResults.NoContent();
    }

    private static (MqttConnection? Connection, IResult? Problem) Find(
        HttpContext context, SignedInPerson person, string clientId, string? account, IMqttConnections connections)
    {
        if (!person.IsAdministrator)
        {
            return (null, AccountProblems.NeedsAdministrator(context));
        }

        // Routing leaves an escaped slash as it is; client ids may hold one.
        var plain = clientId.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        var found = connections.List().Where(item => (item.ClientId == clientId || item.ClientId == plain) && (string.IsNullOrEmpty(account) || item.Account == account)).Take(2).ToList();
        return found.Count switch
        {
            0 => (null, ApiProblem.NotFound(context, AccountProblems.Connection, clientId)),
            1 => (found[0], null),
            _ => (null, ApiProblem.Of(context, ProblemKinds.SeveralConnections)),
        };
    }
}
