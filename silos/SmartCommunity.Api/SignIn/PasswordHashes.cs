using Microsoft.AspNetCore.Identity;

namespace SmartCommunity.Api.SignIn;

/// <summary>Password hashes as the directory keeps them: ASP.NET Core Identity's format 3 (PBKDF2, HMAC-SHA512, 100,000 rounds, salted).</summary>
public static class PasswordHashes
{
    private static readonly PasswordHasher<object> Hasher = new();
    private static readonly object NoUser = new();

    /// <summary>Hashes a password for <c>IDirectoryStore.SetPasswordHashAsync</c>.</summary>
    public static string Hash(string password) => Hasher.HashPassword(NoUser, password);

    /// <summary>Whether a password has a hash.</summary>
    public static bool Verify(string hash, string password) => Hasher.VerifyHashedPassword(NoUser, hash, password) is not PasswordVerificationResult.Failed;
}
