using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace SmartCommunity.Mqtt.Server.Ports;

/// <summary>The names in a client certificate whose chain the TLS layer has verified against the configured authorities.</summary>
/// <param name="Subject">The whole subject, for logs.</param>
/// <param name="CommonName">The subject's common name (CN), or null when there is none.</param>
/// <param name="DnsNames">The subject alternative names of the kind DNS (RFC 5280 section 4.2.1.6); may be empty.</param>
/// <param name="Uris">The subject alternative names of the kind URI; may be empty.</param>
/// <param name="Thumbprint">SHA-256 of the certificate in upper-case hexadecimal, to pin or to ban one.</param>
public sealed record CertificateNames(string Subject, string? CommonName, IReadOnlyList<string> DnsNames, IReadOnlyList<string> Uris, string Thumbprint)
{
    private const string SubjectAlternativeName = "2.5.29.17";
    private const string CommonNameOid = "2.5.4.3";
    private static readonly Asn1Tag DnsTag = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag UriTag = new(TagClass.ContextSpecific, 6);

    /// <summary>Reads the names of a certificate.</summary>
    /// <param name="certificate">A certificate that has been verified; stays the caller's.</param>
    public static CertificateNames Of(X509Certificate2 certificate)
    {
        var dns = new List<string>();
        var uris = new List<string>();
        foreach (var extension in certificate.Extensions)
        {
            if (extension.Oid?.Value == SubjectAlternativeName) ReadAlternatives(extension.RawData, dns, uris);
        }

        var thumbprint = certificate.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256);
        return new CertificateNames(certificate.Subject, ReadCommonName(certificate.SubjectName), dns, uris, thumbprint);
    }

    // Two common names could mean two devices; such a subject names none.
    private static string? ReadCommonName(X500DistinguishedName subject)
    {
        string? found = null;
        foreach (var name in subject.EnumerateRelativeDistinguishedNames())
        {
            if (name.HasMultipleElements || name.GetSingleElementType().Value != CommonNameOid) continue;
            if (found is not null) return null;
            found = name.GetSingleElementValue();
        }

        return found;
    }

    // GeneralNames = SEQUENCE OF CHOICE { dNSName [2] IA5String, uniformResourceIdentifier [6] IA5String, … }
    private static void ReadAlternatives(ReadOnlyMemory<byte> extension, List<string> dns, List<string> uris)
    {
        try
        {
            var names = new AsnReader(extension, AsnEncodingRules.DER).ReadSequence();
            while (names.HasData)
            {
                var tag = names.PeekTag();
                if (tag.HasSameClassAndValue(DnsTag)) dns.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, DnsTag));
                else if (tag.HasSameClassAndValue(UriTag)) uris.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, UriTag));
                else names.ReadEncodedValue();
            }
        }
        catch (AsnContentException)
        {
            // An authority that signs a broken extension has named nobody with it.
            dns.Clear();
            uris.Clear();
        }
    }
}
