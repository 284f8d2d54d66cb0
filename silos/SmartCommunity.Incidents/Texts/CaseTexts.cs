using System.Globalization;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Incidents.Cases;
using SmartCommunity.Incidents.Cases.Machine;
using SmartCommunity.Incidents.People;

namespace SmartCommunity.Incidents.Texts;

/// <summary>The sentences of the case machine: refusals (what was wrong and what to do) and the reasons of the system's own steps.</summary>
internal static class CaseTexts
{
    public static LocalizedText NoteNeeded { get; } = new("请填写说明。", "Please write a note.");

    public static LocalizedText NoteOrEvidenceNeeded { get; } =
        new("请填写处置说明，或附上照片、读数。", "Please write what was done, or attach a photo or a reading.");

    public static LocalizedText AssigneeNeeded { get; } = new("请指定派遣给谁（assignee）。", "Please name whom to dispatch to (assignee).");

    public static LocalizedText ReasonCodeNeeded { get; } = new("请选择不予受理的原因（reasonCode）。", "Please give the reason for rejecting it (reasonCode).");

    public static LocalizedText PassedNeeded { get; } = new("请填写核查是否通过（passed）。", "Please say whether the check passed (passed).");

    public static LocalizedText IntoNeeded { get; } = new("请指定并入哪个案卷（into）。", "Please name the case to merge into (into).");

    public static LocalizedText IntoItself { get; } = new("案卷不能并入自身，请指定另一个未结案卷。", "A case can not be merged into itself; name another open case.");

    public static LocalizedText CheckNotPassed { get; } =
        new("核查尚未通过，不能结案；请先由处置人以外的人核查。", "It has not passed a check yet; someone other than the handler must check it first.");

    public static LocalizedText DispatchedFirst { get; } =
        new("特急：先派后核，到场人员同时核实。", "P0: dispatched first, verified by those who go.");

    public static LocalizedText Recovered { get; } = new("自行恢复，系统结案。", "It recovered by itself; closed by the system.");

    public static LocalizedText ActiveAgain { get; } = new("再次告警，核查不通过，返工。", "It is active again: the check fails, and it goes back for rework.");

    public static LocalizedText NoSuchCommand(string command) => new($"没有“{command}”这个操作。", $"There is no command '{command}'.");

    public static LocalizedText MovedOn(long expected, long actual) => new(
        Text($"案卷已有新变化（您看到的是第 {expected} 版，现为第 {actual} 版），请刷新后再操作。"),
        Text($"The case has changed since (you saw version {expected}, it is {actual} now); refresh and try again."));

    public static LocalizedText WrongState(IncidentState state, string command) => new(
        $"案卷“{CaseWords.Of(state).Zh}”，不能“{CaseWords.OfCommand(command).Zh}”。",
        $"The case is {CaseWords.Of(state).En}; it does not take '{command}'.");

    public static LocalizedText WrongRole(string command, IEnumerable<Role> roles)
    {
        var words = roles.Select(CaseWords.Of).ToList();
        return new(
            $"“{CaseWords.OfCommand(command).Zh}”须由{string.Join("、", words.Select(word => word.Zh))}操作。",
            $"To {CaseWords.OfCommand(command).En} takes one of these roles: {string.Join(", ", words.Select(word => word.En))}.");
    }

    public static LocalizedText WrongStanding(Standing standing) => standing switch
    {
        Standing.Offered => new("任务没有派给您，不能由您操作。", "The task is not offered to you."),
        Standing.Handler => new("只有接单的处置人可以操作。", "Only the person who accepted the task may do this."),
        Standing.NotHandler => new("处置人不能核查自己处置的案卷，请由他人核查。", "The handler may not check their own work; someone else must check it."),
        Standing.OnScene => new("到场后才能判定误报，请先接单并到场。", "Only someone on site can tell; accept the task and arrive first."),
        _ => throw new ArgumentOutOfRangeException(nameof(standing), standing, "Nobody is refused for this."),
    };

    public static LocalizedText NoteTooLong(int limit) => new(Text($"说明最多 {limit} 字。"), Text($"A note has at most {limit} characters."));

    public static LocalizedText TooMuchEvidence(int limit) => new(
        Text($"一次最多附 {limit} 份证据，其余请另行备注。"), Text($"At most {limit} pieces of evidence at once; add the others with a comment."));

    public static LocalizedText NeedsVerification(double confidence) => new(
        Text($"置信度 {confidence:0.##}，不足以立案，请核实。"), Text($"A confidence of {confidence:0.##} does not suffice; verify it."));

    public static LocalizedText ConfidenceSuffices(double confidence) => new(
        Text($"置信度 {confidence:0.##}，免核实。"), Text($"A confidence of {confidence:0.##} suffices; it needs no verification."));

    public static LocalizedText RegisteredByDelegation(RuleId rule) => new(
        $"按规则 {rule} 的常设授权立案。", $"Registered under the standing delegation of rule {rule}.");

    public static LocalizedText DispatchedByDelegation(RuleId rule) => new(
        $"按规则 {rule} 的常设授权派遣。", $"Dispatched under the standing delegation of rule {rule}.");

    public static LocalizedText ConditionChanged(ConditionPhase before, ConditionPhase after) => after is ConditionPhase.Cleared
        ? new("已恢复，请确认。", "It has cleared; please confirm.")
        : new($"{CaseWords.Of(before).Zh} → {CaseWords.Of(after).Zh}", $"{CaseWords.Of(before).En} → {CaseWords.Of(after).En}");

    public static LocalizedText MoreEvents(int count) => new(Text($"新增 {count} 条事件。"), Text($"{count} more events."));

    public static LocalizedText SeverityRaised(Severity before, Severity after) => new(
        $"级别由 {before} 升为 {after}。", $"Severity raised from {before} to {after}.");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
