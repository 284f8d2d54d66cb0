using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace SmartCommunity.Events.Ids;

/// <summary>What every typed id of the system has in common.</summary>
/// <typeparam name="TSelf">The id type.</typeparam>
public interface IIdentifier<TSelf> where TSelf : struct, IIdentifier<TSelf>
{
    /// <summary>The text of the id.</summary>
    string Value { get; }

    /// <summary>Wraps a text that has been checked before, for example one that was read from a store.</summary>
    static abstract TSelf FromTrusted(string value);
}

/// <summary>The one rule that all ids of places, devices, people, rules and gateways obey.</summary>
/// <remarks>
/// 1 to 64 characters of <c>A–Z a–z 0–9 . _ -</c>. The set is safe in MQTT topics (no <c>/ + #</c>), URLs, file names and line protocol
/// without escaping, and 64 is what fits a column of a table on a phone.
/// </remarks>
public static class Identifier
{
    /// <summary>The longest id, in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>What is wrong with a text as an id, or null when it is one.</summary>
    public static string? FindError([NotNullWhen(false)] string? value) => value switch
    {
        null or "" => "is empty; write 1 to 64 characters of A-Z a-z 0-9 . _ -",
        { Length: > MaxLength } => $"has {value.Length} characters; at most {MaxLength} are allowed",
        _ when value.AsSpan().ContainsAnyExcept(Allowed) => $"'{value}' has a character other than A-Z a-z 0-9 . _ -",
        _ => null,
    };

    /// <summary>Whether a text is an id.</summary>
    public static bool IsValid([NotNullWhen(true)] string? value) => FindError(value) is null;

    /// <summary>Wraps an untrusted text.</summary>
    /// <exception cref="FormatException">The text is not an id; the message says why.</exception>
    public static TId Parse<TId>(string? value) where TId : struct, IIdentifier<TId> =>
        FindError(value) is { } error ? throw new FormatException($"The {typeof(TId).Name} {error}.") : TId.FromTrusted(value!);

    /// <summary>Wraps an untrusted text, or says no.</summary>
    public static bool TryParse<TId>([NotNullWhen(true)] string? value, out TId id) where TId : struct, IIdentifier<TId>
    {
        var valid = IsValid(value);
        id = valid ? TId.FromTrusted(value!) : default;
        return valid;
    }

    [Conditional("DEBUG")]
    internal static void AssertTrusted(string value) => Debug.Assert(IsValid(value), $"'{value}' is not an id");

    private static readonly System.Buffers.SearchValues<char> Allowed =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");
}
