using Microsoft.Extensions.Logging;

namespace SmartCommunity.Mqtt.Server.Diagnostics;

/// <summary>What the transports log. Event ids 2050 to 2069.</summary>
internal static partial class TransportLog
{
    [LoggerMessage(2050, LogLevel.Information, "The certificate {Path} was renewed: {Subject}, valid until {NotAfter:u}")]
    public static partial void CertificateRenewed(this ILogger logger, string path, string subject, DateTime notAfter);

    [LoggerMessage(2051, LogLevel.Error, "The changed certificate can not be used; {Subject}, valid until {NotAfter:u}, stays in use")]
    public static partial void CertificateKept(this ILogger logger, string subject, DateTime notAfter, Exception fault);

    [LoggerMessage(2052, LogLevel.Warning, "The certificate {Path} expired on {NotAfter:u}; clients that check it will not connect")]
    public static partial void CertificateExpired(this ILogger logger, string path, DateTime notAfter);
}
