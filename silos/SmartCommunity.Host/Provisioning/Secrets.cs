using System.Security.Cryptography;
using System.Text;

namespace SmartCommunity.Host.Provisioning;

/// <summary>Makes passwords and tokens.</summary>
internal static class Secrets
{
    // No 0 O 1 l I: people copy them from a screen.
    private const string PasswordCharacters = "abcdefghijkmnpqrstuvwxyz23456789";

    /// <summary>A password of 12 characters of 32: 60 bits, behind a slow hash and a rate limit.</summary>
    public static string NewPassword() => RandomNumberGenerator.GetString(PasswordCharacters, 12);

    /// <summary>A token of 128 bits.</summary>
    public static string NewToken() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>A token's id; says nothing about the token.</summary>
    public static string NewTokenId() => RandomNumberGenerator.GetHexString(16, lowercase: true);

    /// <summary>What is stored of a token.</summary>
    public static byte[] HashToken(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
