using SmartCommunity.Mqtt.Server.Ports;

namespace SmartCommunity.Host.Edge.SignIn;

/// <summary>
/// The names in a client certificate that can be a device or an account: the common name, each DNS name, and the last part of each URI
/// (<c>urn:device:cam-1</c>, <c>spiffe://site/device/cam-1</c>). Compared as they stand, letter by letter.
/// </summary>
internal static class CertificateIdentities
{
    public static HashSet<string> Of(CertificateNames certificate)
    {
        var names = certificate.DnsNames.Concat(certificate.Uris.Select(LastPart)).ToHashSet(StringComparer.Ordinal);
        if (certificate.CommonName is { } name)
        {
            names.Add(name);
        }

        names.Remove("");
        return names;
    }

    private static string LastPart(string uri) => uri[(uri.AsSpan().LastIndexOfAny('/', ':') + 1)..];
}
