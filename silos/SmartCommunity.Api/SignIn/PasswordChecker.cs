using SmartCommunity.Events.Ids;
using SmartCommunity.Grains.Communities;
using SmartCommunity.Stores.Directory;

namespace SmartCommunity.Api.SignIn;

/// <summary>Checks user name and password. Whether the user is unknown or the password is wrong shows neither in the answer nor in the time it takes.</summary>
internal sealed class PasswordChecker(IDirectoryStore store, CommunityDirectory directory, ApiOptions options) : IDisposable
{
    private const int MaxPasswordLength = 1024;

    // What an unknown user's password is checked against, so that it costs the same.
    private readonly string _decoy = PasswordHashes.Hash(Guid.NewGuid().ToString());
    private readonly SemaphoreSlim _atOnce = new(options.MaxPasswordChecksAtOnce);

    /// <summary>The person, or null.</summary>
    public async Task<SignedInPerson?> CheckAsync(string? user, string? password, CancellationToken cancellationToken)
    {
        var known = Identifier.TryParse<PersonId>(user, out var id);
        var person = known ? SignedInPerson.Find(directory, id) : null;

        // Also read for someone who has left: the look-up takes its time either way.
        var hash = await store.FindPasswordHashAsync(known ? id : PersonId.FromTrusted("nobody"), cancellationToken);
        var text = password is { Length: <= MaxPasswordLength } ? password : "";
        var matches = await VerifyAsync(hash ?? _decoy, text, cancellationToken);
        return matches && hash is not null && text.Length > 0 ? person : null;
    }

    public void Dispose() => _atOnce.Dispose();

    private async Task<bool> VerifyAsync(string hash, string password, CancellationToken cancellationToken)
    {
        await _atOnce.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => PasswordHashes.Verify(hash, password), cancellationToken);
        }
        finally
        {
            _atOnce.Release();
        }
    }
}
