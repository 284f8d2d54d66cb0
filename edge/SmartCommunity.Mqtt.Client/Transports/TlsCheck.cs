using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SmartCommunity.Mqtt.Client.Transports;

/// <summary>Checks one server's certificate, and remembers why it was refused: the handshake's own exception does not say it plainly.</summary>
internal sealed class TlsCheck : IDisposable
{
    private readonly string _server;
    private readonly string _name;
    private readonly X509Certificate2Collection? _authorities;
    private readonly X509Certificate2? _own;
    private string? _refusal;

    private TlsCheck(string server, string name, X509Certificate2Collection? authorities, X509Certificate2? own)
    {
        _server = server;
        _name = name;
        _authorities = authorities;
        _own = own;
    }

    /// <summary>Reads the files.</summary>
    /// <exception cref="MqttCertificateException">A file can not be used.</exception>
    public static TlsCheck Create(MqttEndPoint endPoint, MqttTlsOptions options)
    {
        var server = endPoint.ToString();
        var authorities = options.AuthorityFile is { } file ? Use(server, file, () => LoadAuthorities(file)) : null;
        var own = options.CertificateFile is { } certificate ? Use(server, certificate, () => LoadOwn(certificate, options)) : null;
        return new TlsCheck(server, options.ServerName ?? endPoint.Host, authorities, own);
    }

    /// <summary>What the handshake takes; for one handshake.</summary>
    public SslClientAuthenticationOptions ToOptions()
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = _name,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            RemoteCertificateValidationCallback = Check,
        };
        if (_own is not null) options.ClientCertificates = [_own];
        if (_authorities is null) return options;
        options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        options.CertificateChainPolicy.CustomTrustStore.AddRange(_authorities);
        return options;
    }

    /// <summary>Tells of a refused certificate; does nothing when the handshake failed for another reason.</summary>
    /// <exception cref="MqttCertificateException">The server's certificate was refused.</exception>
    public void ThrowIfRefused(Exception cause)
    {
        if (_refusal is { } refusal) throw new MqttCertificateException(_server, refusal, cause);
    }

    public void Dispose()
    {
        foreach (var authority in _authorities ?? []) authority.Dispose();
        _own?.Dispose();
    }

    private bool Check(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None) return true;
        var why = new List<string>();
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable)) why.Add("the server showed no certificate");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) why.Add($"it is not for '{_name}' but for {certificate?.Subject}");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
            why.AddRange((chain?.ChainStatus ?? []).Select(status => $"{status.StatusInformation.Trim()} ({status.Status})").Distinct(StringComparer.Ordinal));
        _refusal = string.Join("; ", why);
        return false;
    }

    private static X509Certificate2Collection LoadAuthorities(string file)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return authorities.Count > 0 ? authorities : throw new CryptographicException("there is no certificate in it");
    }

    private static X509Certificate2 LoadOwn(string file, MqttTlsOptions options)
    {
        if (Path.GetExtension(file).ToLowerInvariant() is ".pfx" or ".p12") return X509CertificateLoader.LoadPkcs12FromFile(file, options.KeyPassword);
        using var pem = options.KeyPassword is { } password
            ? X509Certificate2.CreateFromEncryptedPemFile(file, password, options.KeyFile)
            : X509Certificate2.CreateFromPemFile(file, options.KeyFile);

        // A key that was read from PEM is ephemeral; some platforms' TLS wants one that went through PKCS#12.
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
    }

    private static T Use<T>(string server, string file, Func<T> load)
    {
        try
        {
            return load();
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new MqttCertificateException(server, $"the file {file} can not be used: {exception.Message}", exception);
        }
    }
}
