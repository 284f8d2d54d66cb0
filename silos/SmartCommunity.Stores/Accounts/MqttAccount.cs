using System.Collections.Immutable;

namespace SmartCommunity.Stores.Accounts;

/// <summary>What signs in to MQTT and is no device: who it is, and what it may say and hear.</summary>
/// <param name="Name">Its MQTT user name; obeys the rule of ids, so that it holds none of <c>/ + #</c>.</param>
/// <param name="Kind">What sort of software it is.</param>
/// <param name="Enabled">Whether it may sign in.</param>
/// <param name="Publish">Filters of the topics that it may publish to; <c>%u</c> stands for its name, <c>%c</c> for its client id. Empty: none.</param>
/// <param name="Subscribe">Filters that it may subscribe to, or to parts of; with the same patterns. Empty: none.</param>
/// <param name="Certificates">Names in client certificates (CN, DNS name, or last part of a URI) that let it in. Empty: tokens only.</param>
/// <param name="Version">Rises by one with each change; 1 at first.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was changed last.</param>
public sealed record MqttAccount(
    string Name,
    AccountKind Kind,
    bool Enabled,
    ImmutableArray<string> Publish,
    ImmutableArray<string> Subscribe,
    ImmutableArray<string> Certificates,
    long Version,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    /// <summary>What every deployment's displays and sirens hear: the open incidents.</summary>
    public const string OpenIncidents = "sc/v1/incidents/#";
}

/// <summary>The sorts of accounts. Stored as numbers.</summary>
public enum AccountKind : byte
{
    /// <summary>网关: a gateway of a site, which publishes for many devices; the topic says for which.</summary>
    Gateway = 0,

    /// <summary>集成: other software that publishes and reads.</summary>
    Integration = 1,

    /// <summary>订阅: displays, sirens; reads and publishes nothing.</summary>
    Subscriber = 2,
}
