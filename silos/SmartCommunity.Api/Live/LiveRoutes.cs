using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using SmartCommunity.Api.Input;
using SmartCommunity.Api.OpenApi;
using SmartCommunity.Api.Problems;
using SmartCommunity.Api.SignIn;
using SmartCommunity.Events.Ids;
using SmartCommunity.Grains.Communities;

namespace SmartCommunity.Api.Live;

/// <summary>The live feed as server-sent events.</summary>
internal static class LiveRoutes
{
    public static void MapLive(this IEndpointRouteBuilder routes) => routes.MapGet("/live", RunAsync).WithTags("live")
        .Describe(
            "Live feed", "Server-sent events: incident, device and building as they change, reset when the reader was away for too long and must read anew. "
            + "Last-Event-ID (header or ?lastEventId=) resumes without a gap.")
        .Produces<string>(StatusCodes.Status200OK, "text/event-stream").ProducesProblems(400, 401, 503);

    private static async Task RunAsync(
        HttpContext context, SignedInPerson person, [AsParameters] LiveParameters parameters, LiveFeed feed, CommunityDirectory directory, TimeProvider time,
        ApiOptions options, IHostApplicationLifetime lifetime)
    {
        var input = new InputChecker(context);
        var after = parameters.ReadLastEventId(context, input);
        var filter = new LiveFilter(
            directory, person.Id, input.Id<CommunityId>("community", parameters.Community), input.Id<GridId>("grid", parameters.Grid),
            input.Id<BuildingId>("building", parameters.Building));
        if (input.Problem is { } problem)
        {
            await problem.ExecuteAsync(context);
            return;
        }

        if (!feed.TryEnter())
        {
            await ApiProblem.WriteAsync(context, ProblemKinds.Busy, ProblemTexts.LiveReadersFull);
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            var ticket = await context.AuthenticateAsync();
            context.Response.ContentType = "text/event-stream; charset=utf-8";
            context.Response.Headers["X-Accel-Buffering"] = "no";
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            await feed.RunAsync(
                context.Response.BodyWriter, filter, after, ticket.Properties?.ExpiresUtc ?? time.GetUtcNow() + options.TicketLifetime, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The reader went, or the process stops: both end a feed as they should.
        }
        finally
        {
            feed.Leave();
        }
    }
}

/// <summary>Which part of the feed.</summary>
internal sealed record LiveParameters(
    [property: Description("Only of this community.")] string? Community,
    [property: Description("Only of this building.")] string? Building,
    [property: Description("Only of this grid.")] string? Grid,
    [property: Description("As the header Last-Event-ID, for readers that can not set it.")] string? LastEventId)
{
    // The header is what the browser knows last, the parameter is what the page knew when it opened the feed.
    public long? ReadLastEventId(HttpContext context, InputChecker input)
    {
        var text = context.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } header ? header : LastEventId;
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
        {
            return sequence;
        }

        input.Add("lastEventId", InputTexts.NotACursor, InputTexts.Range(0, long.MaxValue));
        return null;
    }
}
