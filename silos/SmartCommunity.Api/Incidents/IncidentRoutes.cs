using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SmartCommunity.Api.Input;
using SmartCommunity.Api.OpenApi;
using SmartCommunity.Api.Paging;
using SmartCommunity.Api.Problems;
using SmartCommunity.Api.SignIn;
using SmartCommunity.Events.Ids;
using SmartCommunity.Incidents.Cases;
using SmartCommunity.Stores.Incidents;

namespace SmartCommunity.Api.Incidents;

/// <summary>Reading cases; commands have a file of their own.</summary>
internal static class IncidentRoutes
{
    public static void MapIncidents(this IEndpointRouteBuilder routes)
    {
        var incidents = routes.MapGroup("/incidents").WithTags("incidents");
        incidents.MapGet("", ListAsync).Describe("Incidents", "案卷, newest first.")
            .Produces<Page<IncidentItem>>().ProducesProblems(400, 401);
        incidents.MapGet("/{id}", ReadAsync).Describe("One incident", "Why it was raised, what happened to it, and what you may do with it now.")
            .Produces<IncidentDetail>().ProducesProblems(401, 404);
        incidents.MapPost("/{id}/{command}", CommandRoute.RunAsync)
            .Describe(
                "Give a command", "One of verify, register, dispatch, accept, decline, arrive, feedback, check, close, void, reject, merge, comment, false-alarm. "
                + "Idempotency-Key makes a repetition harmless; If-Match refuses when the incident has changed. Answers the incident.")
            .WithMetadata(TakesHeader.IfMatch, TakesHeader.IdempotencyKey)
            .Produces<IncidentDetail>().ProducesProblems(400, 401, 403, 404, 409, 412);
    }

    /// <summary>A case if it is there and the person may see it.</summary>
    public static async ValueTask<Incident?> FindVisibleAsync(
        this IIncidentStore store, SignedInPerson person, string id, CancellationToken cancellationToken) =>
        Identifier.TryParse<IncidentId>(id, out var incidentId)
        && await store.FindAsync(incidentId, cancellationToken) is { } incident
        && person.FindVisible(incident.Community) is not null
            ? incident
            : null;

    private static async Task<IResult> ReadAsync(HttpContext context, SignedInPerson person, string id, IIncidentStore store, IncidentPresenter presenter)
    {
        if (await store.FindVisibleAsync(person, id, context.RequestAborted) is not { } incident)
        {
            return ApiProblem.NotFound(context, ProblemTexts.Incident, id);
        }

        context.WriteVersion(incident.Version);
        return TypedResults.Ok(await presenter.ToDetailAsync(incident, person, RequestLanguage.Of(context), context.RequestAborted));
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, SignedInPerson person, [AsParameters] IncidentListQuery query, IIncidentStore store, IncidentPresenter presenter,
        ApiOptions options)
    {
        var input = new InputChecker(context);
        var wanted = query.Read(input, options);
        if (input.Problem is { } problem)
        {
            return problem;
        }

        IncidentPage page;
        try
        {
            page = await ReadPageAsync(person, wanted, store, context.RequestAborted);
        }
        catch (FormatException)
        {
            // The ports say so of a cursor that they did not give out.
            input.Add("cursor", InputTexts.NotACursor, InputTexts.CursorHint);
            return input.Problem!;
        }

        var language = RequestLanguage.Of(context);
        return TypedResults.Ok(new Page<IncidentItem>([.. page.Items.Select(item => presenter.ToItem(item, language))], page.Next));
    }

    private static async Task<IncidentPage> ReadPageAsync(SignedInPerson person, IncidentQuery query, IIncidentStore store, CancellationToken cancellationToken)
    {
        var visible = person.VisibleCommunities;
        if (query.Community is { } one && person.FindVisible(one) is null)
        {
            return new([], null);
        }

        if (query.Community is not null || person.IsAdministrator)
        {
            return await store.ListAsync(query, cancellationToken);
        }

        if (visible.Length == 1)
        {
            return await store.ListAsync(query with { Community = visible[0].Community.Id }, cancellationToken);
        }

        // Whoever serves some of the communities: pages of all of them, without what they may not see. Each round asks for what is still missing, so that
        // the store's cursor is always the end of what is answered.
        List<Incident> items = [];
        var cursor = query.Cursor;
        do
        {
            var part = await store.ListAsync(query with { Cursor = cursor, Limit = query.Limit - items.Count }, cancellationToken);
            items.AddRange(part.Items.Where(item => person.FindVisible(item.Community) is not null));
            cursor = part.Next;
        }
        while (cursor is not null && items.Count < query.Limit);
        return new([.. items], cursor);
    }
}
