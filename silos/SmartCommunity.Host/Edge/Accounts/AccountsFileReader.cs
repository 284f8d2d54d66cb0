using System.Collections.Immutable;
using System.Security.Cryptography;
using SmartCommunity.Events.Ids;
using SmartCommunity.Mqtt.Topics;
using SmartCommunity.Stores.Accounts;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SmartCommunity.Host.Edge.Accounts;

/// <summary>Reads the accounts file. Whatever is wrong is a problem with its path: half a list of who may do what is none.</summary>
/// <remarks>
/// accounts: [{name, kind: gateway|integration|subscriber, enabled?: true|false, token_hash?: hex | [hex, hex], certificates?: [name*], publish?: [rule*],
/// subscribe?: [rule*]}+]; token_hash is SHA-256 of the token in hexadecimal: printf %s TOKEN | sha256sum
/// </remarks>
internal static class AccountsFileReader
{
    private static readonly string[] Keys = ["name", "kind", "enabled", "token_hash", "certificates", "publish", "subscribe"];

    public static StoredCredentials? Read(string text, List<string> problems)
    {
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            if (yaml.Documents is not [{ RootNode: YamlMappingNode root }] || root.Children.Count != 1
                || !root.Children.TryGetValue("accounts", out var list) || list is not YamlSequenceNode { Children.Count: > 0 } accounts)
            {
                problems.Add("it must hold one list, accounts:, with at least one account");
                return null;
            }

            return ReadAll(accounts, problems);
        }
        catch (YamlException exception)
        {
            problems.Add($"line {exception.Start.Line}: {exception.Message.ReplaceLineEndings(" ")}");
            return null;
        }
    }

    private static StoredCredentials ReadAll(YamlSequenceNode list, List<string> problems)
    {
        var accounts = ImmutableArray.CreateBuilder<MqttAccount>();
        var tokens = ImmutableArray.CreateBuilder<MqttToken>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, node) in list.Children.Index())
        {
            var item = new YamlFields(node, $"accounts[{index}]", problems);
            item.AllowOnly(Keys);
            var name = item.Text("name") ?? "";
            if (Identifier.FindError(name) is { } error)
            {
                item.Add("name", error);
            }
            else if (!names.Add(name))
            {
                item.Add("name", $"'{name}' comes twice");
            }

            accounts.Add(ReadAccount(item, name));
            tokens.AddRange(ReadTokens(item, name));
        }

        return new(accounts.ToImmutable(), tokens.ToImmutable());
    }

    private static MqttAccount ReadAccount(YamlFields item, string name)
    {
        var kind = item.Text("kind") is { } text && Enum.TryParse<AccountKind>(text, ignoreCase: true, out var known) && Enum.IsDefined(known) && !char.IsDigit(text[0]) ? known : (AccountKind?)null;
        if (kind is null)
        {
            item.Add("kind", "must be gateway, integration or subscriber");
        }

        var enabled = item.Text("enabled") ?? "true";
        if (enabled is not ("true" or "false"))
        {
            item.Add("enabled", "must be true or false");
        }

        var publish = ReadRules(item, "publish");
        if (kind == AccountKind.Subscriber && publish.Length > 0)
        {
            item.Add("publish", "a subscriber publishes nothing; make it an integration");
        }

        return new(name, kind ?? AccountKind.Subscriber, enabled == "true", publish, ReadRules(item, "subscribe"), [.. item.List("certificates")], Version: 0, default, default);
    }

    private static ImmutableArray<string> ReadRules(YamlFields item, string key)
    {
        var rules = item.List(key).ToImmutableArray();
        foreach (var (index, rule) in rules.Index())
        {
            if (TopicPattern.FindError(rule) is { } error)
            {
                item.Add($"{key}[{index}]", $"'{rule}' {error}");
            }
        }

        return rules;
    }

    private static IEnumerable<MqttToken> ReadTokens(YamlFields item, string name)
    {
        var hashes = item.List("token_hash").ToList();
        if (hashes.Count > MqttToken.MaxValid)
        {
            item.Add("token_hash", $"holds {hashes.Count}; {MqttToken.MaxValid} tokens are good at once");
        }

        foreach (var text in hashes)
        {
            if (text.Length != SHA256.HashSizeInBytes * 2 || !text.All(char.IsAsciiHexDigit))
            {
                item.Add("token_hash", "must be SHA-256 of the token, 64 hexadecimal digits (printf %s TOKEN | sha256sum)");
                continue;
            }

            // Another token is another id, so that a change of the file closes what the old one opened; the id itself says nothing about either.
            var hash = Convert.FromHexString(text);
            var id = Convert.ToHexStringLower(SHA256.HashData(hash).AsSpan(0, 8));
            yield return new($"file-{name}-{id}", new(name, IsDevice: false), hash, default);
        }
    }
}
