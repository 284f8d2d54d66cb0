namespace SmartCommunity.Stores.Accounts;

/// <summary>Whom a token lets in.</summary>
/// <param name="Name">The device id or account name.</param>
/// <param name="IsDevice">Whether it is a device; otherwise an account. The two do not share names: where they do, the device counts.</param>
public readonly record struct TokenOwner(string Name, bool IsDevice);

/// <summary>A token as it is kept: never the token itself.</summary>
/// <param name="Id">Names it in lists, logs and revocations; says nothing about the token.</param>
/// <param name="Owner">Whom it lets in.</param>
/// <param name="Hash">SHA-256 of the token. Tokens are random with at least 128 bits, so that a slow hash would protect nothing more.</param>
/// <param name="CreatedAt">When it was issued.</param>
/// <param name="LastUsedAt">The last sign-in with it, up to some seconds late; null: none yet.</param>
/// <param name="ExpiresAt">From when on it lets nobody in; null: never.</param>
/// <param name="Successor">The token whose first use ends this one after <paramref name="Grace"/>; null: none.</param>
/// <param name="Grace">How long after that; zero when there is no successor.</param>
public sealed record MqttToken(
    string Id,
    TokenOwner Owner,
    ReadOnlyMemory<byte> Hash,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastUsedAt = null,
    DateTimeOffset? ExpiresAt = null,
    string? Successor = null,
    TimeSpan Grace = default)
{
    /// <summary>How many tokens of one owner are good at once: the one in use and the one that replaces it.</summary>
    public const int MaxValid = 2;
}

/// <summary>What becomes of an owner's other tokens when it gets a new one.</summary>
public readonly record struct TokenRotation
{
    /// <summary>They are no longer good.</summary>
    public static TokenRotation AtOnce => default;

    /// <summary>They stay good until then.</summary>
    public DateTimeOffset? Deadline { get; private init; }

    /// <summary>They stay good until this long after the first use of the new one.</summary>
    public TimeSpan? Grace { get; private init; }

    /// <summary>The others stay good until a moment, or to their own end when that is earlier.</summary>
    public static TokenRotation Until(DateTimeOffset deadline) => new() { Deadline = deadline };

    /// <summary>The others stay good until the new one is used, and a while longer.</summary>
    public static TokenRotation AfterFirstUse(TimeSpan grace) => new() { Grace = grace };
}
