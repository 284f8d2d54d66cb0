using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using SmartCommunity.Mqtt.Server.Ports;

namespace SmartCommunity.Mqtt.Server.Transports;

/// <summary>What is known of a connection before its first packet. A feature of connections that are not Kestrel's own.</summary>
/// <param name="Kind">What carries it.</param>
/// <param name="Certificate">The names of the certificate that the client proved to own, or null.</param>
internal sealed record TransportInfo(TransportKind Kind, CertificateNames? Certificate)
{
    private static readonly TransportInfo Tcp = new(TransportKind.Tcp, null);
    private static readonly TransportInfo Tls = new(TransportKind.Tls, null);

    public static TransportInfo Of(ConnectionContext transport)
    {
        if (transport.Features.Get<TransportInfo>() is { } known) return known;
        if (transport.Features.Get<ITlsConnectionFeature>() is not { } tls) return Tcp;
        return tls.ClientCertificate is { } certificate ? new TransportInfo(TransportKind.Tls, CertificateNames.Of(certificate)) : Tls;
    }
}
