using System.Net;

namespace SmartCommunity.Host.Configuration;

/// <summary>The section <c>SmartCommunity</c> of appsettings.json, of the environment (<c>SMARTCOMMUNITY__HTTP</c>) and of the command line.</summary>
public sealed class HostSettings
{
    /// <summary>The section's name.</summary>
    public const string Section = "SmartCommunity";

    /// <summary>Where HTTP listens: address and port. Default 127.0.0.1:8080, this machine only, because the sign-ins travel on it in the clear.</summary>
    public string Http { get; set; } = "127.0.0.1:8080";

    /// <summary>Where MQTT listens. Default 127.0.0.1:1883, for the same reason.</summary>
    public string Mqtt { get; set; } = "127.0.0.1:1883";

    /// <summary>Where MQTT over TLS listens; absent by default, needs <see cref="Certificate"/>.</summary>
    public string? Mqtts { get; set; }

    /// <summary>The certificate for <see cref="Mqtts"/>.</summary>
    public CertificateSettings Certificate { get; set; } = new();

    /// <summary>The folder for everything that is kept. Default ./data.</summary>
    public string Data { get; set; } = "./data";

    /// <summary>The gateway's name in sequences and metrics. Default <c>edge</c>.</summary>
    public string Gateway { get; set; } = "edge";

    /// <summary>A community file that is stored when its community is not known yet.</summary>
    public string? Community { get; set; }

    /// <summary>Reads <c>address:port</c>.</summary>
    /// <exception cref="StartException">It is not of that form.</exception>
    public static IPEndPoint ParseEndPoint(string option, string value) =>
        IPEndPoint.TryParse(value.Replace("localhost", "127.0.0.1", StringComparison.OrdinalIgnoreCase), out var endPoint) && value.Contains(':', StringComparison.Ordinal)
            ? endPoint
            : throw new StartException($"--{option} '{value}' is not an address and a port; write for example 127.0.0.1:8080");
}

/// <summary>A server certificate.</summary>
public sealed class CertificateSettings
{
    /// <summary>A PEM or PFX file.</summary>
    public string? Path { get; set; }

    /// <summary>The private key's PEM file, when it is not in <see cref="Path"/>.</summary>
    public string? KeyPath { get; set; }

    /// <summary>The password of a PFX file or of an encrypted key.</summary>
    public string? Password { get; set; }
}
