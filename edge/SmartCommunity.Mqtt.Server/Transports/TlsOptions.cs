using System.Security.Cryptography.X509Certificates;

namespace SmartCommunity.Mqtt.Server.Transports;

/// <summary>Where the certificates of a TLS listener stand, and what is asked of clients. TLS 1.2 and 1.3 are spoken, nothing older.</summary>
public sealed record TlsOptions
{
    /// <summary>The server's certificate: PEM (with the chain below it, if there is one) or PFX (<c>.pfx</c>, <c>.p12</c>).</summary>
    public required string CertificatePath { get; init; }

    /// <summary>The private key's PEM file, when it is not in <see cref="CertificatePath"/>.</summary>
    public string? KeyPath { get; init; }

    /// <summary>The password of a PFX file or of an encrypted key.</summary>
    public string? Password { get; init; }

    /// <summary>Whether clients may or must show a certificate; default none.</summary>
    public ClientCertificateUse ClientCertificates { get; init; }

    /// <summary>
    /// A PEM file with the authorities that sign client certificates; needed when those are used. Only these are trusted, none of the machine's own.
    /// </summary>
    public string? ClientAuthoritiesPath { get; init; }

    /// <summary>
    /// Whether revocation of client certificates is looked up; default not: a community's authority is usually a file, with no responder that would answer.
    /// </summary>
    public X509RevocationMode Revocation { get; init; } = X509RevocationMode.NoCheck;

    /// <summary>How often the files are looked at; default 10 s: a renewed certificate is in use before anyone who renews it by hand has checked.</summary>
    public TimeSpan CheckPeriod { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a TLS handshake may take; default 10 s, as long as CONNECT afterwards.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>Whether clients show certificates.</summary>
public enum ClientCertificateUse
{
    /// <summary>They are not asked for one.</summary>
    None,

    /// <summary>They may show one; one that does not hold ends the handshake.</summary>
    Optional,

    /// <summary>They must show one.</summary>
    Required,
}

/// <summary>A certificate can not be used; the message names the file and the fault.</summary>
public sealed class CertificateException(string message, Exception? innerException = null) : Exception(message, innerException);
