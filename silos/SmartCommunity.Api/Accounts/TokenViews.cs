using System.Collections.Immutable;
using System.ComponentModel;
using SmartCommunity.Api.Input;
using SmartCommunity.Stores.Accounts;

namespace SmartCommunity.Api.Accounts;

/// <summary>A token as it can be seen: never the token itself.</summary>
/// <param name="Id">Its id.</param>
/// <param name="CreatedAt">When it was issued.</param>
/// <param name="LastUsedAt">The last sign-in with it, some seconds late; null when there was none yet.</param>
/// <param name="ExpiresAt">When it ends; null when no end is set.</param>
/// <param name="EndsAfterUseOf">The token whose first use ends this one; null when there is none.</param>
/// <param name="GraceSeconds">How long after that first use.</param>
public sealed record TokenItem(
    string Id, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, DateTimeOffset? ExpiresAt, string? EndsAfterUseOf, double? GraceSeconds)
{
    internal static TokenItem Of(MqttToken token) =>
        new(token.Id, token.CreatedAt, token.LastUsedAt, token.ExpiresAt, token.Successor, token.Successor is null ? null : token.Grace.TotalSeconds);
}

/// <summary>The tokens of one device or account, oldest first; there are at most two.</summary>
public sealed record TokenList(IReadOnlyList<TokenItem> Items);

/// <summary>The ids of tokens that were revoked.</summary>
public sealed record RevokedTokens(ImmutableArray<string> Revoked);

/// <summary>How a new token takes the place of the old one.</summary>
/// <param name="Rotate">deadline (the default): the old one stays good for <c>after</c>; first-use: until <c>after</c> from the first use of the new one;
/// at-once: not at all.</param>
/// <param name="After">A duration such as 24h, PT24H or 86400 seconds, 1 minute to 90 days. Default: 24h for deadline, 10m for first-use.</param>
public sealed record TokenRequest(
    [property: Description("deadline, first-use or at-once; default deadline.")] string? Rotate = null,
    [property: Description("A duration, 1 minute to 90 days; default 24h for deadline, 10m for first-use.")] string? After = null)
{
    private static readonly string[] Words = ["deadline", "first-use", "at-once"];
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    internal string Word => string.IsNullOrEmpty(Rotate) ? Words[0] : Rotate;

    internal TokenRotation Read(InputChecker input, DateTimeOffset now)
    {
        var words = input.Words("rotate", Word, Words);
        var word = words.Length == 1 ? words[0] : Words[0];
        var after = input.Duration("after", After) ?? (word == "first-use" ? TimeSpan.FromMinutes(10) : TimeSpan.FromHours(24));
        if (after < Shortest || after > Longest)
        {
            input.Add("after", InputTexts.OutOfRange, AccountProblems.DurationRange);
        }

        return word switch
        {
            "at-once" => TokenRotation.AtOnce,
            "first-use" => TokenRotation.AfterFirstUse(after),
            _ => TokenRotation.Until(now + (after > Longest ? Longest : after)),
        };
    }
}
