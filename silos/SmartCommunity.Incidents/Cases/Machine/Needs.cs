using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Incidents.Texts;

namespace SmartCommunity.Incidents.Cases.Machine;

/// <summary>What commands must bring, and what a case must be; each says what is missing, or null.</summary>
internal static class Needs
{
    public static LocalizedText? Note(Incident incident, IncidentCommand command) =>
        string.IsNullOrWhiteSpace(command.Note) ? CaseTexts.NoteNeeded : null;

    public static LocalizedText? NoteOrEvidence(Incident incident, IncidentCommand command) =>
        string.IsNullOrWhiteSpace(command.Note) && command.Evidence.Count == 0 ? CaseTexts.NoteOrEvidenceNeeded : null;

    public static LocalizedText? Assignee(Incident incident, IncidentCommand command) =>
        string.IsNullOrEmpty(command.Assignee?.Value) ? CaseTexts.AssigneeNeeded : null;

    public static LocalizedText? ReasonCode(Incident incident, IncidentCommand command) =>
        string.IsNullOrWhiteSpace(command.ReasonCode) ? CaseTexts.ReasonCodeNeeded : null;

    public static LocalizedText? Passed(Incident incident, IncidentCommand command) =>
        command.Passed is null ? CaseTexts.PassedNeeded : null;

    public static LocalizedText? OtherCase(Incident incident, IncidentCommand command) =>
        string.IsNullOrEmpty(command.Into?.Value) ? CaseTexts.IntoNeeded
        : command.Into == incident.Id ? CaseTexts.IntoItself
        : null;

    public static LocalizedText? PassedCheck(Incident incident) => incident.CheckPassed is true ? null : CaseTexts.CheckNotPassed;
}
