using System.Collections.Frozen;

namespace SmartCommunity.Host.Provisioning;

/// <summary>Sign-ins in the clear: for the moment in which they are handed out.</summary>
/// <param name="Passwords">By person.</param>
/// <param name="Tokens">By device or subscriber account.</param>
internal sealed record SignIns(IReadOnlyDictionary<string, string> Passwords, IReadOnlyDictionary<string, string> Tokens)
{
    /// <summary>The subscriber account that every deployment has: displays and sirens read open incidents with it.</summary>
    public const string Display = "display";

    /// <summary>Nothing is known.</summary>
    public static SignIns None { get; } = new(FrozenDictionary<string, string>.Empty, FrozenDictionary<string, string>.Empty);
}
