using Microsoft.AspNetCore.Http;
using Orleans;
using SmartCommunity.Api.Input;
using SmartCommunity.Api.Metrics;
using SmartCommunity.Api.Problems;
using SmartCommunity.Api.SignIn;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Grains.Cases;
using SmartCommunity.Grains.Contracts;
using SmartCommunity.Incidents.Cases;
using SmartCommunity.Incidents.People;
using SmartCommunity.Stores.Incidents;

namespace SmartCommunity.Api.Incidents;

/// <summary><c>POST /api/v1/incidents/{id}/{command}</c>: checks the input, lets the case's grain decide, and words the answer.</summary>
internal static class CommandRoute
{
    public static async Task<IResult> RunAsync(
        HttpContext context, SignedInPerson person, string id, string command, CommandBody? body, IIncidentStore store, IncidentPresenter presenter,
        IGrainFactory grains, ApiMetrics metrics, ApiOptions options)
    {
        if (!CaseMachine.Commands.Contains(command, StringComparer.Ordinal))
        {
            return ApiProblem.NotFound(context, ProblemTexts.Command, command);
        }

        // Whether they may see the case at all is decided before anything is said about it.
        if (await store.FindVisibleAsync(person, id, context.RequestAborted) is not { } before)
        {
            return ApiProblem.NotFound(context, ProblemTexts.Incident, id);
        }

        var input = new InputChecker(context);
        var actor = new Actor(person.Id, person.RolesIn(before.Community));
        var wanted = (body ?? new()).ToCommand(command, context.ReadCommandId(actor, input), context.ReadExpectedVersion(input), actor, input, options);
        await CheckReferencesAsync(wanted, before, person, input, store, context.RequestAborted);
        if (input.Problem is { } problem)
        {
            return problem;
        }

        var answer = await grains.GetGrain<IIncidentGrain>(before.Id.Value).CommandAsync(CaseDocuments.Write(wanted));
        metrics.Command(command, answer.Outcome.ToString());
        if (answer.Outcome is not CommandOutcome.Done)
        {
            return Refuse(context, answer, id);
        }

        var after = answer.Incident is { } json ? CaseDocuments.Read<Incident>(json) : before;
        context.WriteVersion(after.Version);
        return TypedResults.Ok(await presenter.ToDetailAsync(after, person, RequestLanguage.Of(context), context.RequestAborted));
    }

    // The machine knows the case alone; that whom and what it names exist here, and may be seen by this person, is checked in front of it.
    private static async Task CheckReferencesAsync(
        IncidentCommand wanted, Incident incident, SignedInPerson person, InputChecker input, IIncidentStore store, CancellationToken cancellationToken)
    {
        if (wanted.Assignee is { } assignee && person.FindVisible(incident.Community)?.People.GetValueOrDefault(assignee) is null)
        {
            input.Add("assignee", ProblemTexts.NotFound(ProblemTexts.Person, assignee.Value));
        }

        if (wanted.Into is { } into && (await store.FindVisibleAsync(person, into.Value, cancellationToken))?.Community != incident.Community)
        {
            input.Add("into", ProblemTexts.NotFound(ProblemTexts.Incident, into.Value));
        }
    }

    private static IResult Refuse(HttpContext context, CommandAnswer answer, string id)
    {
        var kind = answer.Outcome switch
        {
            CommandOutcome.StateRefuses => ProblemKinds.CommandRefused,
            CommandOutcome.PersonMayNot => ProblemKinds.CommandForbidden,
            CommandOutcome.VersionIsStale => ProblemKinds.StaleVersion,
            CommandOutcome.BodyIsIncomplete => ProblemKinds.CommandIncomplete,
            CommandOutcome.NoSuchCase => null,
            _ => throw new InvalidOperationException($"The outcome {answer.Outcome} has no status."),
        };
        if (kind is null)
        {
            return ApiProblem.NotFound(context, ProblemTexts.Incident, id);
        }

        Dictionary<string, object?> members = new(StringComparer.Ordinal) { ["allowed"] = answer.Allowed };
        if (answer.Incident is { } json)
        {
            var incident = CaseDocuments.Read<Incident>(json);
            members["state"] = incident.State.ToString();
            members["version"] = incident.Version;
        }

        return ApiProblem.Of(context, kind, answer.ReasonZh.Length > 0 ? new LocalizedText(answer.ReasonZh, answer.ReasonEn) : null, members);
    }
}
