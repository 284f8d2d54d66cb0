using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Incidents.Cases;
using SmartCommunity.Incidents.People;

namespace SmartCommunity.Incidents.Texts;

/// <summary>What a person reads for states, commands, roles and condition phases.</summary>
public static class CaseWords
{
    public static LocalizedText Of(IncidentState state) => state switch
    {
        IncidentState.Reported => new("已上报", "reported"),
        IncidentState.Verifying => new("核实中", "being verified"),
        IncidentState.PendingRegistration => new("待立案", "waiting for registration"),
        IncidentState.Registered => new("待派遣", "waiting for dispatch"),
        IncidentState.Dispatched => new("待接单", "waiting for acceptance"),
        IncidentState.InProgress => new("处置中", "in progress"),
        IncidentState.Handled => new("待核查", "waiting for a check"),
        IncidentState.Checking => new("核查中", "being checked"),
        IncidentState.Closed => new("已结案", "closed"),
        IncidentState.Evaluated => new("已评价归档", "evaluated"),
        IncidentState.Rejected => new("不予受理", "rejected"),
        IncidentState.Void => new("已作废", "void"),
        IncidentState.Merged => new("已并案", "merged"),
        IncidentState.Suspended => new("已挂账", "suspended"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state."),
    };

    public static LocalizedText Of(Role role) => role switch
    {
        Role.System => new("系统", "system"),
        Role.Resident => new("居民", "resident"),
        Role.GridWorker => new("网格员", "grid worker"),
        Role.Acceptor => new("受理员", "acceptor"),
        Role.DutyOfficer => new("值班长", "duty officer"),
        Role.Dispatcher => new("派遣员", "dispatcher"),
        Role.Handler => new("处置人", "handler"),
        Role.Checker => new("核查人", "checker"),
        Role.PropertyManager => new("物业经理", "property manager"),
        Role.Administrator => new("系统管理员", "administrator"),
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "No such role."),
    };

    public static LocalizedText Of(ConditionPhase phase) => phase switch
    {
        ConditionPhase.Normal => new("正常", "normal"),
        ConditionPhase.Suspect => new("疑似", "suspected"),
        ConditionPhase.Active => new("告警中", "active"),
        ConditionPhase.Clearing => new("待恢复", "clearing"),
        ConditionPhase.Cleared => new("已恢复", "cleared"),
        ConditionPhase.Unknown => new("失联", "unknown"),
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "No such phase."),
    };

    /// <summary>A command or a system step; one that is not known reads as it is.</summary>
    public static LocalizedText OfCommand(string command) => command switch
    {
        CommandNames.Verify => new("核实", "verify"),
        CommandNames.Register => new("立案", "register"),
        CommandNames.Dispatch => new("派遣", "dispatch"),
        CommandNames.Accept => new("接单", "accept"),
        CommandNames.Decline => new("拒单", "decline"),
        CommandNames.Arrive => new("到场", "arrive"),
        CommandNames.Feedback => new("反馈", "give feedback"),
        CommandNames.Check => new("核查", "check"),
        CommandNames.Close => new("结案", "close"),
        CommandNames.Void => new("作废", "void"),
        CommandNames.Reject => new("不予受理", "reject"),
        CommandNames.Merge => new("并案", "merge"),
        CommandNames.Comment => new("备注", "comment"),
        CommandNames.FalseAlarm => new("误报", "call it a false alarm"),
        SystemSteps.Raise => new("上报", "raise"),
        SystemSteps.Condition => new("告警态", "condition"),
        SystemSteps.Evidence => new("证据", "evidence"),
        _ => new(command, command),
    };
}
