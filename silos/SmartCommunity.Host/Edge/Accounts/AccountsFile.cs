using System.Security.Cryptography;
using System.Text;
using SmartCommunity.Host.Configuration;
using SmartCommunity.Host.Logging;
using SmartCommunity.Stores.Accounts;

namespace SmartCommunity.Host.Edge.Accounts;

/// <summary>
/// The accounts file of <c>--accounts</c>: for a gateway that stands alone. A file that is missing, empty or wrong anywhere lets nobody of it in, until it is
/// mended.
/// </summary>
internal sealed class AccountsFile(HostSettings settings, ILogger<AccountsFile> logger)
{
    /// <summary>The longest file that is read: 1 MiB, some thousands of accounts.</summary>
    private const int MaxBytes = 1 << 20;

    private static readonly StoredCredentials Nobody = new([], []);

    private volatile StoredCredentials _current = Nobody;
    private volatile string? _problem;
    private byte[] _readHash = [];
    private byte[] _seenHash = [];

    /// <summary>Whether there is one.</summary>
    public bool IsUsed => settings.Accounts is { Length: > 0 };

    /// <summary>What stands in it; nobody while it is broken, or not used.</summary>
    public StoredCredentials Current => _current;

    /// <summary>What is wrong with it, in one line; null when it is well.</summary>
    public string? Problem => _problem;

    /// <summary>
    /// Reads the file if it is another than before. After the first time it is taken when two calls find the same, so that a file half way through being
    /// written closes nobody's connection. Not thread-safe.
    /// </summary>
    /// <returns>Whether another was taken.</returns>
    public bool Read()
    {
        if (!IsUsed)
        {
            return false;
        }

        var (text, unreadable) = ReadText(settings.Accounts!);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text ?? "\0" + unreadable));
        var isSettled = _readHash.Length == 0 || hash.AsSpan().SequenceEqual(_seenHash);
        _seenHash = hash;
        if (!isSettled || hash.AsSpan().SequenceEqual(_readHash))
        {
            return false;
        }

        _readHash = hash;
        var problems = new List<string>();
        var read = text is null ? null : AccountsFileReader.Read(text, problems);
        _problem = unreadable ?? (problems.Count > 0 ? string.Join("; ", problems) : null);
        _current = _problem is null && read is not null ? read : Nobody;
        if (_problem is { } problem)
        {
            logger.AccountsFileBroken(settings.Accounts!, problem);
        }
        else
        {
            logger.AccountsFileRead(settings.Accounts!, _current.Accounts.Length, _current.Tokens.Length);
        }

        return true;
    }

    private static (string? Text, string? Problem) ReadText(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length > MaxBytes)
            {
                return (null, $"it has {stream.Length} bytes, and {MaxBytes} are the most");
            }

            using var reader = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            return (reader.ReadToEnd(), null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            return (null, exception.Message.ReplaceLineEndings(" "));
        }
    }
}
