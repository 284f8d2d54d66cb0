using System.Collections.Immutable;
using SmartCommunity.Api.SignIn;
using SmartCommunity.Communities.Model;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Grains.Communities;
using SmartCommunity.Incidents.Cases;
using SmartCommunity.Stores.Incidents;

namespace SmartCommunity.Api.Incidents;

/// <summary>Turns cases into what the API answers: names instead of ids alone, one language, and what this person may do.</summary>
internal sealed class IncidentPresenter(CommunityDirectory directory, IIncidentStore store)
{
    public IncidentItem ToItem(Incident incident, string language)
    {
        var community = directory.Find(incident.Community);
        return new()
        {
            Id = incident.Id.Value,
            Community = incident.Community.Value,
            Grid = incident.Grid.Value,
            Building = incident.Building?.Value,
            Zone = incident.Zone?.Value,
            Kind = incident.Kind,
            Severity = incident.Severity,
            State = incident.State,
            Condition = incident.Condition,
            Title = incident.Title.In(language),
            OpenedAt = incident.OpenedAt,
            UpdatedAt = incident.UpdatedAt,
            DeadlineAt = incident.DeadlineAt,
            Light = null,
            Version = incident.Version,
            Key = incident.Key,
            Open = incident.IsOpen,
            Devices = [.. incident.Devices.Select(device => device.Value)],
            Assignees = [.. incident.Assignees.Select(item => new AssigneeItem(
                item.Person.Value, NameOf(community, item.Person.Value), RoleNames.Of(item.Role), item.State, item.Since))],
            Events = [.. incident.Events.Select(item => ToItem(item, language))],
            EventsInAll = incident.EventsInAll,
            Why = new(incident.Why.Rule.Value, incident.Why.RuleVersion, incident.Why.Text.In(language)),
        };
    }

    public async Task<IncidentDetail> ToDetailAsync(Incident incident, SignedInPerson person, string language, CancellationToken cancellationToken)
    {
        var community = directory.Find(incident.Community);
        var transitions = await store.ReadTransitionsAsync(incident.Id, cancellationToken);
        return new(ToItem(incident, language))
        {
            Rework = incident.Rework,
            FalseAlarm = incident.FalseAlarm,
            MergedInto = incident.MergedInto?.Value,
            Transitions = [.. transitions.Where(step => step.Seq <= incident.LastTransition).Select(step => ToItem(step, community))],
            Tasks = [.. incident.Assignees.Select(item => new TaskItem(item.Person.Value, RoleNames.Of(item.Role), item.State, item.Since))],
            Notifications = [],
            Allowed = Allowed(incident, person),
        };
    }

    public static ImmutableArray<string> Allowed(Incident incident, SignedInPerson person) =>
        CaseMachine.AllowedCommands(incident, person.RolesIn(incident.Community), person.Id);

    private static IncidentEventItem ToItem(IncidentEvent item, string language)
    {
        var title = EventKinds.TryParse(item.Kind, out var kind) && EventKinds.Entry(kind) is var entry
            ? new LocalizedText(entry.Chinese, entry.English).In(language)
            : item.Kind;
        return new(item.Id, item.Device.Value, item.Kind, title, item.Time, item.Confidence, item.Evidence);
    }

    private static TransitionItem ToItem(Transition step, CommunitySnapshot? community) => new(
        step.Seq, step.Command, step.From, step.To, step.Actor, NameOf(community, step.Actor), RoleNames.Of(step.Role), step.Reason, step.EventTime, step.At,
        step.Evidence, step.Hash);

    // Whoever has left the community since keeps their id.
    private static string NameOf(CommunitySnapshot? community, string person) =>
        Identifier.TryParse<PersonId>(person, out var id) && community?.People.GetValueOrDefault(id) is { } found ? found.Name : person;
}
