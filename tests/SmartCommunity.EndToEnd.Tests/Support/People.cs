namespace SmartCommunity.EndToEnd.Tests.Support;

/// <summary>People of the sample community by what they do there.</summary>
internal static class People
{
    public const string Dispatcher = "chen-jing";
    public const string DutyOfficer = "zhao-gang";
    public const string Handler = "sun-qiang";
    public const string Checker = "zhou-min";
    public const string Administrator = "wu-lei";
}
