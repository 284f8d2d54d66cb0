using SmartCommunity.Events.Ids;
using SmartCommunity.Mqtt.Client;
using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Gateway.Bridging.Configuration;

/// <summary>Makes bridges of what stands in a configuration, or says everything that is wrong with it, each with its path.</summary>
public sealed class BridgeReader
{
    private readonly GatewayId _gateway;
    private readonly IReadOnlyList<string> _decoders;
    private readonly string _section;
    private readonly List<string> _errors = [];

    private BridgeReader(GatewayId gateway, IReadOnlyList<string> decoders, string section)
    {
        _gateway = gateway;
        _decoders = decoders;
        _section = section;
    }

    /// <summary>Reads a list of bridges.</summary>
    /// <param name="settings">The list.</param>
    /// <param name="gateway">The gateway's id; part of the client identifiers.</param>
    /// <param name="decoders">The names of the decoders that there are.</param>
    /// <param name="section">The path of the list in the configuration, for the errors.</param>
    /// <param name="errors">Everything that is wrong; empty when nothing is.</param>
    /// <returns>The bridges; of use only when there are no errors.</returns>
    public static IReadOnlyList<BridgeOptions> Read(
        IReadOnlyList<BridgeSettings> settings, GatewayId gateway, IReadOnlyList<string> decoders, string section, out IReadOnlyList<string> errors)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var reader = new BridgeReader(gateway, decoders, section);
        var bridges = settings.Select(reader.ReadBridge).ToList();
        reader.CheckTogether(bridges);
        errors = reader._errors;
        return bridges;
    }

    private BridgeOptions ReadBridge(BridgeSettings settings, int index)
    {
        var path = $"{_section}:{index}";
        Require(Identifier.IsValid(settings.Name), $"{path}:Name", Identifier.FindError(settings.Name) ?? "");
        Require(
            MqttEndPoint.TryParse(settings.Url, out var endPoint, out var problem), $"{path}:Url",
            settings.Url is null ? "is missing; write for example mqtt://broker:1883" : $": {problem}");
        CheckSignIn(settings, path);
        CheckTls(settings, endPoint, path);
        var options = new BridgeOptions
        {
            Name = settings.Name ?? "",
            EndPoint = endPoint ?? MqttEndPoint.Local,
            ClientId = string.IsNullOrWhiteSpace(settings.ClientId) ? $"smartcommunity-{_gateway.Value}-{settings.Name}" : settings.ClientId,
            User = settings.User,
            Password = settings.Password,
            PasswordFile = settings.PasswordFile,
            Tls = new MqttTlsOptions
            {
                AuthorityFile = settings.AuthorityFile,
                ServerName = settings.ServerName,
                CertificateFile = settings.CertificateFile,
                KeyFile = settings.KeyFile,
                KeyPassword = settings.KeyPassword,
            },
            Topics = [.. settings.Topics.Select((topic, at) => ReadTopic(topic, $"{path}:Topics:{at}"))],
        };
        Require(options.Topics.Count > 0, $"{path}:Topics", "is empty; a bridge takes at least one topic");
        CheckOverlaps(options.Topics, path);
        return CheckNumbers(ApplyNumbers(options, settings), path);
    }

    private static BridgeOptions ApplyNumbers(BridgeOptions options, BridgeSettings settings) => options with
    {
        KeepAlive = settings.KeepAlive ?? options.KeepAlive,
        SessionExpiry = settings.SessionExpiry ?? options.SessionExpiry,
        MaxUnacknowledged = settings.MaxUnacknowledged ?? options.MaxUnacknowledged,
    };

    private BridgeOptions CheckNumbers(BridgeOptions options, string path)
    {
        Require(options.KeepAlive.TotalSeconds is >= 5 and <= ushort.MaxValue, $"{path}:KeepAlive", "must be from 00:00:05 to 65535 s");
        Require(options.SessionExpiry.TotalMinutes >= 1 && options.SessionExpiry.TotalDays <= 3653, $"{path}:SessionExpiry", "must be from 00:01:00 to 10 years");
        Require(options.MaxUnacknowledged is >= 1 and <= 1000, $"{path}:MaxUnacknowledged", "must be from 1 to 1000");
        return options;
    }

    private void CheckSignIn(BridgeSettings settings, string path)
    {
        Require(settings.Password is null || settings.PasswordFile is null, $"{path}:PasswordFile", "stands beside a Password; give one of them");
        Require(settings.User is not null || (settings.Password ?? settings.PasswordFile) is null, $"{path}:User", "is missing; a password needs a user");
        RequireFile(settings.PasswordFile, $"{path}:PasswordFile");
    }

    private void CheckTls(BridgeSettings settings, MqttEndPoint? endPoint, string path)
    {
        (string Name, string? Value)[] given =
        [
            ("AuthorityFile", settings.AuthorityFile), ("ServerName", settings.ServerName), ("CertificateFile", settings.CertificateFile),
            ("KeyFile", settings.KeyFile), ("KeyPassword", settings.KeyPassword),
        ];
        foreach (var (name, _) in given.Where(item => item.Value is not null))
            Require(endPoint is not { IsSecure: false }, $"{path}:{name}", "has no use without mqtts or wss in the Url");
        RequireFile(settings.AuthorityFile, $"{path}:AuthorityFile");
        RequireFile(settings.CertificateFile, $"{path}:CertificateFile");
        RequireFile(settings.KeyFile, $"{path}:KeyFile");
        Require(settings.CertificateFile is not null || settings.KeyFile is null, $"{path}:CertificateFile", "is missing; a key needs its certificate");
    }

    private BridgeTopic ReadTopic(BridgeTopicSettings settings, string path)
    {
        var topic = new BridgeTopic(settings.Filter ?? "", Empty(settings.Decoder), settings.RemotePrefix ?? "", settings.LocalPrefix ?? "");
        if (!TopicRules.IsFilter(topic.Filter))
            Fail($"{path}:Filter", $"'{topic.Filter}' is not a valid topic filter");
        else if (topic.Filter.StartsWith("$share/", StringComparison.Ordinal))
            Fail($"{path}:Filter", "is a shared subscription; messages would go to whoever shares it");
        Require(topic.Filter.StartsWith(topic.RemotePrefix, StringComparison.Ordinal), $"{path}:RemotePrefix", $"'{topic.RemotePrefix}' is not how the Filter begins");
        Require(
            topic.Decoder is null || _decoders.Contains(topic.Decoder, StringComparer.Ordinal), $"{path}:Decoder",
            $"'{topic.Decoder}' is no decoder; there are {string.Join(", ", _decoders)}");
        Require(topic.LocalPrefix.Length == 0 || TopicRules.IsName(topic.LocalPrefix), $"{path}:LocalPrefix", $"'{topic.LocalPrefix}' can not begin a topic");
        return topic;
    }

    private void CheckOverlaps(IReadOnlyList<BridgeTopic> topics, string path)
    {
        for (var second = 1; second < topics.Count; second++)
        {
            for (var first = 0; first < second; first++)
            {
                // A broker may deliver a message once for each subscription that it matches.
                Require(!FilterOverlap.Exists(topics[first].Filter, topics[second].Filter), $"{path}:Topics:{second}:Filter",
                    $"'{topics[second].Filter}' matches topics that '{topics[first].Filter}' matches too; they would come twice");
            }
        }
    }

    private void CheckTogether(List<BridgeOptions> bridges)
    {
        for (var second = 1; second < bridges.Count; second++)
        {
            var (earlier, bridge) = (bridges[..second], bridges[second]);
            Require(bridge.Name.Length == 0 || !earlier.Exists(other => other.Name == bridge.Name), $"{_section}:{second}:Name", $"'{bridge.Name}' stands there twice");
            Require(!earlier.Exists(other => other.EndPoint == bridge.EndPoint && other.ClientId == bridge.ClientId), $"{_section}:{second}:ClientId",
                $"'{bridge.ClientId}' is used twice at one broker; they would throw each other out");
        }
    }

    private void RequireFile(string? file, string path) => Require(file is null || File.Exists(file), path, $": there is no file '{file}'");

    private void Require(bool holds, string path, string rule)
    {
        if (!holds)
            Fail(path, rule);
    }

    private void Fail(string path, string rule) => _errors.Add(rule.StartsWith(':') ? $"{path}{rule}" : $"{path} {rule}");

    private static string? Empty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
