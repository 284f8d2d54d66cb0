using System.Collections.Immutable;
using SmartCommunity.Stores.Accounts;
using SmartCommunity.Stores.Sqlite.Engine;

namespace SmartCommunity.Stores.Sqlite.Accounts;

/// <summary>How one token takes the place of another.</summary>
internal static class TokenRotations
{
    public static ImmutableArray<string>? Add(Connection connection, IReadOnlyList<MqttToken> tokens, TokenRotation rotation, DateTimeOffset now)
    {
        var isAtOnce = rotation == TokenRotation.AtOnce;
        var good = tokens.Select(token => TokenTable.ReadOf(connection, token.Owner).Where(other => !(other.ExpiresAt <= now)).ToList()).ToList();
        if (!isAtOnce && good.Any(others => others.Count >= MqttToken.MaxValid))
        {
            return null;
        }

        var ended = ImmutableArray.CreateBuilder<string>();
        foreach (var (token, others) in tokens.Zip(good))
        {
            if (isAtOnce)
            {
                ended.AddRange(TokenTable.Remove(connection, token.Owner, id: null));
            }

            TokenTable.Put(connection, token);
            foreach (var other in isAtOnce ? [] : others)
            {
                TokenTable.Put(connection, EndLater(other, token.Id, rotation));
            }
        }

        return ended.ToImmutable();
    }

    /// <summary>Notes a use; whether a token that it replaces ends by it.</summary>
    public static bool MarkUsed(Connection connection, TokenUse use)
    {
        var at = use.At.ToUnixTimeMilliseconds();
        using var note = connection.Prepare("UPDATE mqtt_tokens SET last_used_at = max(ifnull(last_used_at, 0), ?1) WHERE id = ?2");
        note.Bind(1, at).Bind(2, use.Token).Run();
        using var end = connection.Prepare("""
            UPDATE mqtt_tokens SET expires_at = min(ifnull(expires_at, ?1 + grace), ?1 + grace), successor = NULL, grace = 0 WHERE successor = ?2 RETURNING id
            """);
        var ends = false;
        end.Bind(1, at).Bind(2, use.Token);
        while (end.Step())
        {
            ends = true;
        }

        return ends;
    }

    private static MqttToken EndLater(MqttToken token, string successor, TokenRotation rotation) => rotation.Deadline is { } deadline
        ? token with { ExpiresAt = token.ExpiresAt < deadline ? token.ExpiresAt : deadline }
        : token with { Successor = successor, Grace = rotation.Grace ?? TimeSpan.Zero };
}
