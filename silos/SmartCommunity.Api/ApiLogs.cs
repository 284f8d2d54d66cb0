using Microsoft.Extensions.Logging;

namespace SmartCommunity.Api;

/// <summary>The log lines of the API; ids 6000 to 6099. Names that were not found are not logged: they may be passwords in the wrong field.</summary>
internal static partial class ApiLogs
{
    [LoggerMessage(6000, LogLevel.Information, "{Person} signed in from {Address}")]
    public static partial void SignedIn(this ILogger logger, string person, string address);

    [LoggerMessage(6001, LogLevel.Warning, "A sign-in from {Address} was refused")]
    public static partial void SignInRefused(this ILogger logger, string address);

    [LoggerMessage(6002, LogLevel.Error, "{Method} {Path} failed; trace {Trace}")]
    public static partial void RequestFailed(this ILogger logger, Exception exception, string method, string path, string trace);

    [LoggerMessage(6003, LogLevel.Information, "{Person} stored version {Version} of community {Community}")]
    public static partial void CommunityStored(this ILogger logger, string person, long version, string community);

    [LoggerMessage(6004, LogLevel.Information, "{Person} imported devices into {Community}: {Added} added, {Changed} changed")]
    public static partial void DevicesImported(this ILogger logger, string person, string community, int added, int changed);

    [LoggerMessage(6005, LogLevel.Information, "{Person} issued token {Token} for {Owner}; the one before ends: {Rotation}")]
    public static partial void TokenIssued(this ILogger logger, string person, string token, string owner, string rotation);

    [LoggerMessage(6006, LogLevel.Warning, "A live reader fell behind what the outbox keeps and was told to read anew; it was at {Sequence}, the oldest is {Oldest}")]
    public static partial void LiveReaderReset(this ILogger logger, long sequence, long oldest);

    [LoggerMessage(6007, LogLevel.Warning, "The console's folder {Folder} is not there; the page at / is not served")]
    public static partial void NoConsole(this ILogger logger, string folder);

    [LoggerMessage(6008, LogLevel.Warning, "{Person} revoked tokens of {Owner}: {Tokens}")]
    public static partial void TokensRevoked(this ILogger logger, string person, string owner, string tokens);

    [LoggerMessage(6009, LogLevel.Warning, "Account {Account} was {Done} by {Person}")]
    private static partial void AccountWas(this ILogger logger, string account, string done, string person);

    [LoggerMessage(6010, LogLevel.Warning, "{Person} closed the MQTT connection of client {Client}, {Account}")]
    public static partial void ConnectionClosed(this ILogger logger, string person, string client, string account);

    public static void AccountChanged(this ILogger logger, string person, string done, string account) => logger.AccountWas(account, done, person);
}
