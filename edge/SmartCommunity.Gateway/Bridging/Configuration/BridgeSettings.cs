namespace SmartCommunity.Gateway.Bridging.Configuration;

/// <summary>One bridge as it stands in a configuration file: nothing is checked yet. See <see cref="BridgeOptions"/> for what each means.</summary>
public sealed class BridgeSettings
{
    public string? Name { get; set; }

    public string? Url { get; set; }

    public string? ClientId { get; set; }

    public string? User { get; set; }

    public string? Password { get; set; }

    public string? PasswordFile { get; set; }

    public string? AuthorityFile { get; set; }

    public string? ServerName { get; set; }

    public string? CertificateFile { get; set; }

    public string? KeyFile { get; set; }

    public string? KeyPassword { get; set; }

    public TimeSpan? KeepAlive { get; set; }

    public TimeSpan? SessionExpiry { get; set; }

    public int? MaxUnacknowledged { get; set; }

    public IList<BridgeTopicSettings> Topics { get; set; } = [];
}

/// <summary>One topic of a bridge as it stands in a configuration file. See <see cref="BridgeTopic"/>.</summary>
public sealed class BridgeTopicSettings
{
    public string? Filter { get; set; }

    public string? Decoder { get; set; }

    public string? RemotePrefix { get; set; }

    public string? LocalPrefix { get; set; }
}
