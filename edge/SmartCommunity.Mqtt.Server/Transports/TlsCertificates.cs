using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using SmartCommunity.Mqtt.Server.Diagnostics;

namespace SmartCommunity.Mqtt.Server.Transports;

/// <summary>
/// The certificates of a TLS listener. They are read again when their files change; new ones serve the next handshake, connections that stand keep
/// theirs. Files that can not be used change nothing but the log. Thread-safe.
/// </summary>
public sealed class TlsCertificates : IDisposable
{
    private readonly TlsOptions _options;
    private readonly Lock _lock = new();
    private TlsFiles _seen;
    private string? _lastFault;
    private volatile TlsMaterial _current;
    private ITimer? _timer;

    private TlsCertificates(TlsOptions options)
    {
        _options = options;
        _seen = TlsFiles.Read(options);
        _current = TlsMaterial.Create(_seen, options);
    }

    /// <summary>How long a handshake may take.</summary>
    public TimeSpan HandshakeTimeout => _options.HandshakeTimeout;

    /// <summary>The server certificate that new connections get.</summary>
    public X509Certificate2 Server => _current.Server;

    internal SslServerAuthenticationOptions Handshake => _current.Handshake;

    /// <summary>Reads the files for the first time.</summary>
    /// <exception cref="CertificateException">They can not be used.</exception>
    public static TlsCertificates Load(TlsOptions options) => new(options);

    /// <summary>Starts to look at the files every <see cref="TlsOptions.CheckPeriod"/>; a second call changes nothing.</summary>
    public void Watch(TimeProvider time, ILogger logger)
    {
        lock (_lock)
        {
            if (_timer is not null) return;
            if (IsOver(_current.Server, time)) logger.CertificateExpired(_options.CertificatePath, _current.Server.NotAfter);
            _timer = time.CreateTimer(_ => Check(time, logger), null, _options.CheckPeriod, _options.CheckPeriod);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock) _timer?.Dispose();
    }

    private static bool IsOver(X509Certificate2 certificate, TimeProvider time) => certificate.NotAfter.ToUniversalTime() <= time.GetUtcNow().UtcDateTime;

    // A pair that is half written does not fit together; it is tried again whenever the files have changed once more.
    private void Check(TimeProvider time, ILogger logger)
    {
        lock (_lock)
        {
            try
            {
                var files = TlsFiles.Read(_options);
                if (files.IsSame(_seen)) return;
                _seen = files;
                var fresh = TlsMaterial.Create(files, _options);
                if (IsOver(fresh.Server, time)) throw new CertificateException($"{_options.CertificatePath} expired on {fresh.Server.NotAfter:u}");
                _current = fresh;
                _lastFault = null;
                logger.CertificateRenewed(_options.CertificatePath, fresh.Server.Subject, fresh.Server.NotAfter);
            }
            catch (CertificateException fault)
            {
                if (fault.Message == _lastFault) return;
                _lastFault = fault.Message;
                logger.CertificateKept(_current.Server.Subject, _current.Server.NotAfter, fault);
            }
        }
    }
}
