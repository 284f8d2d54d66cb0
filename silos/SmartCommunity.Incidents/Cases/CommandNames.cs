namespace SmartCommunity.Incidents.Cases;

/// <summary>The commands on a case, as in <c>POST /api/v1/incidents/{id}/{command}</c>.</summary>
public static class CommandNames
{
    public const string Verify = "verify";
    public const string Register = "register";
    public const string Dispatch = "dispatch";
    public const string Accept = "accept";
    public const string Decline = "decline";
    public const string Arrive = "arrive";
    public const string Feedback = "feedback";
    public const string Check = "check";
    public const string Close = "close";
    public const string Void = "void";
    public const string Reject = "reject";
    public const string Merge = "merge";
    public const string Comment = "comment";
    public const string FalseAlarm = "false-alarm";
}
