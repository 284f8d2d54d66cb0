using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Incidents.Texts;

namespace SmartCommunity.Incidents.Cases.Machine;

/// <summary>Answers commands out of the table: version, state, person, body, in this order.</summary>
internal static class CommandDecider
{
    public static CaseDecision Decide(Incident incident, IncidentCommand command, DateTimeOffset now, CaseMachineOptions options)
    {
        if (!CaseTable.Commands.Contains(command.Name, StringComparer.Ordinal))
        {
            return Refuse(incident, command, RefusalFault.Body, CaseTexts.NoSuchCommand(command.Name));
        }

        if (command.ExpectedVersion is { } version && version != incident.Version)
        {
            return Refuse(incident, command, RefusalFault.Version, CaseTexts.MovedOn(version, incident.Version));
        }

        if (CaseTable.Find(incident.State, command.Name) is not { } row)
        {
            return Refuse(incident, command, RefusalFault.State, CaseTexts.WrongState(incident.State, command.Name));
        }

        var grant = row.Who.Cast<Grant?>().FirstOrDefault(candidate => candidate!.Value.Admits(incident, command.Actor));
        if (grant is not { } admitted)
        {
            return Refuse(incident, command, RefusalFault.Person, WhyNotThisPerson(row, command));
        }

        if (row.Ready(incident) is { } notReady)
        {
            return Refuse(incident, command, RefusalFault.State, notReady);
        }

        return FindMissing(row, incident, command, options) is { } missing
            ? Refuse(incident, command, RefusalFault.Body, missing)
            : Take(row, admitted, incident, command, now);
    }

    private static CaseDecision.Accepted Take(CaseRow row, Grant grant, Incident incident, IncidentCommand command, DateTimeOffset now)
    {
        var steps = new CaseSteps(incident, now);
        var cause = new StepCause(command.Name, command.Actor.Person.Value, grant.Role, ReasonOf(command), now)
        {
            CommandId = command.CommandId,
            Evidence = command.Evidence,
        };
        steps.Take(cause, row.To(incident, command), row.Effect(incident, command, now));
        return steps.Accept();
    }

    private static LocalizedText? FindMissing(CaseRow row, Incident incident, IncidentCommand command, CaseMachineOptions options)
    {
        if (command.Note.Length > options.MaxNoteLength)
        {
            return CaseTexts.NoteTooLong(options.MaxNoteLength);
        }

        if (command.Evidence.Count > options.MaxEvidence)
        {
            return CaseTexts.TooMuchEvidence(options.MaxEvidence);
        }

        return row.Needs.Select(need => need(incident, command)).FirstOrDefault(missing => missing is not null);
    }

    // A person who holds a fitting role hears what else is amiss; anybody else hears which roles fit.
    private static LocalizedText WhyNotThisPerson(CaseRow row, IncidentCommand command) =>
        row.Who.Where(grant => command.Actor.Roles.Contains(grant.Role)).Select(grant => CaseTexts.WrongStanding(grant.Standing)).FirstOrDefault()
        ?? CaseTexts.WrongRole(command.Name, row.Who.Select(grant => grant.Role).Distinct());

    private static string ReasonOf(IncidentCommand command) => (command.ReasonCode, command.Note) switch
    {
        (null or "", var note) => note,
        (var code, "") => code,
        var (code, note) => $"{code}: {note}",
    };

    private static CaseDecision.Refused Refuse(Incident incident, IncidentCommand command, RefusalFault fault, LocalizedText reason) =>
        new(fault, reason, CaseTable.Allowed(incident, command.Actor));
}
