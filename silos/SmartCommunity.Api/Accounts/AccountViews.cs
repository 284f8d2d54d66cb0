using System.Collections.Immutable;
using SmartCommunity.Api.Input;
using SmartCommunity.Mqtt.Topics;
using SmartCommunity.Stores.Accounts;

namespace SmartCommunity.Api.Accounts;

/// <summary>An account of a gateway, an integration or a subscriber.</summary>
/// <param name="Name">Its MQTT user name.</param>
/// <param name="Kind">gateway, integration or subscriber.</param>
/// <param name="Enabled">Whether it may sign in.</param>
/// <param name="Publish">Filters of topics that it may publish to; <c>%u</c> is its name, <c>%c</c> its client id.</param>
/// <param name="Subscribe">Filters that it may subscribe to, or to parts of.</param>
/// <param name="Certificates">Names in client certificates that let it in.</param>
/// <param name="Version">For If-Match.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was changed last.</param>
public sealed record AccountItem(
    string Name, string Kind, bool Enabled, ImmutableArray<string> Publish, ImmutableArray<string> Subscribe, ImmutableArray<string> Certificates, long Version,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    internal static AccountItem Of(MqttAccount account) => new(
        account.Name, AccountBody.WordOf(account.Kind), account.Enabled, account.Publish, account.Subscribe, account.Certificates, account.Version, account.CreatedAt,
        account.UpdatedAt);
}

/// <summary>An account as it is to be.</summary>
/// <param name="Name">Its MQTT user name; for a new one only.</param>
/// <param name="Kind">gateway, integration or subscriber.</param>
/// <param name="Enabled">Whether it may sign in; default true.</param>
/// <param name="Publish">Filters of topics that it may publish to; default none.</param>
/// <param name="Subscribe">Filters that it may subscribe to; default none.</param>
/// <param name="Certificates">Names in client certificates that let it in; default none.</param>
public sealed record AccountBody(
    string? Name = null, string? Kind = null, bool? Enabled = null, IReadOnlyList<string?>? Publish = null, IReadOnlyList<string?>? Subscribe = null,
    IReadOnlyList<string?>? Certificates = null)
{
    // Each rule is tried for each topic that is new to a connection.
    private const int MaxRules = 100;
    private const int MaxRuleLength = 1_024;
    private const int MaxNames = 20;
    private const int MaxNameLength = 256;

    private static readonly string[] Kinds = [.. Enum.GetValues<AccountKind>().Select(WordOf)];

    internal static string WordOf(AccountKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>The account that this body describes; what is wrong goes into <paramref name="input"/>.</summary>
    internal MqttAccount Read(InputChecker input, string name, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(Kind))
        {
            input.Add("kind", InputTexts.Missing, InputTexts.OneOf(Kinds));
        }

        var words = input.Words("kind", Kind, Kinds);
        var kind = words.Length == 1 ? Enum.Parse<AccountKind>(words[0], ignoreCase: true) : AccountKind.Gateway;
        var publish = ReadRules(input, "publish", Publish);
        if (kind == AccountKind.Subscriber && publish.Length > 0)
        {
            input.Add("publish", AccountProblems.PublishesNothing, AccountProblems.MakeIntegration);
        }

        return new(name, kind, Enabled ?? true, publish, ReadRules(input, "subscribe", Subscribe), ReadNames(input), Version: 0, now, now);
    }

    private static ImmutableArray<string> ReadRules(InputChecker input, string path, IReadOnlyList<string?>? rules)
    {
        var read = ReadList(input, path, rules, MaxRules, MaxRuleLength);
        foreach (var (index, rule) in read.Index())
        {
            if (TopicPattern.FindError(rule) is { } error)
            {
                input.Add($"{path}[{index}]", AccountProblems.NotARule(error), AccountProblems.RuleHint);
            }
        }

        return read;
    }

    private ImmutableArray<string> ReadNames(InputChecker input)
    {
        var names = ReadList(input, "certificates", Certificates, MaxNames, MaxNameLength);
        foreach (var (index, name) in names.Index())
        {
            if (name.Trim().Length == 0 || name.Any(char.IsControl))
            {
                input.Add($"certificates[{index}]", AccountProblems.NotACertificateName, AccountProblems.CertificateHint);
            }
        }

        return names;
    }

    private static ImmutableArray<string> ReadList(InputChecker input, string path, IReadOnlyList<string?>? list, int most, int longest)
    {
        if (list?.Count > most)
        {
            input.Add(path, InputTexts.TooMany(most), InputTexts.Shorten);
            return [];
        }

        return [.. (list ?? []).Select((text, index) => input.Text($"{path}[{index}]", text ?? "", longest) ?? "")];
    }
}
