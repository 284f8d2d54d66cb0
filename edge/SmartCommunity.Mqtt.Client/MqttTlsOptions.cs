namespace SmartCommunity.Mqtt.Client;

/// <summary>Whom to trust, and what to show, on <c>mqtts</c> and <c>wss</c>. The files are read at each connect, so that a renewed one counts.</summary>
public sealed record MqttTlsOptions
{
    /// <summary>
    /// A PEM file of the authorities that may have issued the server's certificate, and no others; a self-signed certificate may stand in it itself.
    /// Null: those that the machine trusts.
    /// </summary>
    public string? AuthorityFile { get; init; }

    /// <summary>The name that the server's certificate must be for. Null: the host that is connected to. It can not be turned off.</summary>
    public string? ServerName { get; init; }

    /// <summary>The client's own certificate, PEM or PFX (<c>.pfx</c>, <c>.p12</c>), for servers that ask for one. Null for none.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>The PEM file of the certificate's private key; null when it is in <see cref="CertificateFile"/>.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The password of a PFX file or of an encrypted key; null for none.</summary>
    public string? KeyPassword { get; init; }
}
