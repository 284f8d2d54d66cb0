using System.Security.Cryptography;

namespace SmartCommunity.Mqtt.Server.Transports;

/// <summary>The content of a listener's certificate files at one moment. Compared by content: times and links say little about what a file holds.</summary>
internal sealed class TlsFiles
{
    private readonly byte[] _digest;

    private TlsFiles(byte[] certificate, byte[]? key, byte[]? authorities)
    {
        Certificate = certificate;
        Key = key;
        Authorities = authorities;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var content in new[] { certificate, key ?? [], authorities ?? [] })
        {
            hash.AppendData(BitConverter.GetBytes(content.Length));
            hash.AppendData(content);
        }

        _digest = hash.GetHashAndReset();
    }

    public byte[] Certificate { get; }

    public byte[]? Key { get; }

    public byte[]? Authorities { get; }

    /// <exception cref="CertificateException">A file can not be read.</exception>
    public static TlsFiles Read(TlsOptions options) => new(
        ReadFile(options.CertificatePath),
        options.KeyPath is { Length: > 0 } key ? ReadFile(key) : null,
        options.ClientAuthoritiesPath is { Length: > 0 } authorities ? ReadFile(authorities) : null);

    public bool IsSame(TlsFiles other) => _digest.AsSpan().SequenceEqual(other._digest);

    private static byte[] ReadFile(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CertificateException($"{path} can not be read: {exception.Message}", exception);
        }
    }
}
