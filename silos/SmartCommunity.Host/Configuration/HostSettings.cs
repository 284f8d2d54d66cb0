using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using SmartCommunity.Mqtt.Server.Transports;

namespace SmartCommunity.Host.Configuration;

/// <summary>The section <c>SmartCommunity</c> of appsettings.json, of the environment (<c>SMARTCOMMUNITY__HTTP</c>) and of the command line.</summary>
public sealed class HostSettings
{
    /// <summary>The section's name.</summary>
    public const string Section = "SmartCommunity";

    /// <summary>
    /// Where HTTP listens: address and port, or several with commas between. Default 127.0.0.1:8080, this machine only, because the sign-ins travel on it in
    /// the clear.
    /// </summary>
    public string Http { get; set; } = "127.0.0.1:8080";

    /// <summary>Where MQTT listens; several with commas between. Default 127.0.0.1:1883, for the same reason. <c>[::]:1883</c> takes IPv4 too.</summary>
    public string Mqtt { get; set; } = "127.0.0.1:1883";

    /// <summary>Where MQTT over TLS listens; several with commas between; absent by default, needs <see cref="Certificate"/>.</summary>
    public string? Mqtts { get; set; }

    /// <summary>The certificate for <see cref="Mqtts"/>.</summary>
    public CertificateSettings Certificate { get; set; } = new();

    /// <summary>The folder for everything that is kept. Default ./data.</summary>
    public string Data { get; set; } = "./data";

    /// <summary>The gateway's name in sequences and metrics. Default <c>edge</c>.</summary>
    public string Gateway { get; set; } = "edge";

    /// <summary>
    /// By how much the threads of forwarding, grains and stores stand behind those that serve devices: a nice value, 0 to 19, on Linux. Default 5: under full load they keep about a
    /// quarter of what they would have, so that acknowledgements come in time and the backlog still moves.
    /// </summary>
    public int BackgroundNiceness { get; set; } = 5;

    /// <summary>A YAML file of accounts (<c>--accounts</c>), for a gateway that stands alone; looked at every few seconds. Absent by default.</summary>
    public string? Accounts { get; set; }

    /// <summary>Whether a device or account with a client certificate needs its token too. Default false: the certificate proves who it is.</summary>
    public bool CertificateNeedsToken { get; set; }

    /// <summary>A JSON file with the list <c>Bridges</c>, instead of the section of that name.</summary>
    public string? BridgesFile { get; set; }

    /// <summary>A community file that is stored when its community is not known yet.</summary>
    public string? Community { get; set; }

    /// <summary>Reads the section.</summary>
    /// <exception cref="StartException">A value is not of its kind; the message names the key.</exception>
    public static HostSettings Read(IConfiguration configuration)
    {
        try
        {
            return configuration.GetSection(Section).Get<HostSettings>() ?? new();
        }
        catch (InvalidOperationException exception)
        {
            throw new StartException(exception.Message.ReplaceLineEndings(" "), exception);
        }
    }

    /// <summary>Reads one or more <c>address:port</c> with commas between, each once.</summary>
    /// <remarks>
    /// A socket on every IPv6 address of this machine takes IPv4 connections too (dual mode), so <c>0.0.0.0</c> beside <c>[::]</c> with the same port is one
    /// listener, and not a second one that finds its port taken. Port 0 is a free port and so never the same.
    /// </remarks>
    /// <exception cref="StartException">One is not of that form.</exception>
    public static IReadOnlyList<IPEndPoint> ParseEndPoints(string option, string value)
    {
        var all = value.Split(',', StringSplitOptions.TrimEntries).Select(one => ParseEndPoint(option, one)).ToList();
        return [.. all.Where((end, at) => end.Port == 0 || !(all.IndexOf(end) < at || IsCovered(end, all)))];
    }

    private static bool IsCovered(IPEndPoint end, List<IPEndPoint> all) => end.Address.Equals(IPAddress.Any) && all.Contains(new(IPAddress.IPv6Any, end.Port));

    /// <summary>Reads <c>address:port</c>; an IPv6 address stands in brackets.</summary>
    /// <remarks>The port is always said: without one, the process would listen where nobody looks for it.</remarks>
    /// <exception cref="StartException">It is not of that form.</exception>
    public static IPEndPoint ParseEndPoint(string option, string value)
    {
        var colon = value.LastIndexOf(':');
        return colon > 0 && ushort.TryParse(value.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && ParseAddress(value[..colon]) is { } address
            ? new(address, port)
            : throw new StartException($"--{option} '{value}' is not an address and a port; write for example 127.0.0.1:8080");
    }

    private static IPAddress? ParseAddress(string text)
    {
        if (text.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            return IPAddress.Loopback;
        }

        var isBracketed = text.StartsWith('[') && text.EndsWith(']');
        return text.Contains(':', StringComparison.Ordinal) == isBracketed && IPAddress.TryParse(isBracketed ? text[1..^1] : text, out var address) ? address : null;
    }
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

    /// <summary>Whether devices may or must show a certificate of their own: <c>None</c> (default), <c>Optional</c> or <c>Required</c>.</summary>
    public ClientCertificateUse Clients { get; set; }

    /// <summary>The PEM file of the authorities that sign the devices' certificates; needed when <see cref="Clients"/> is not <c>None</c>.</summary>
    public string? ClientAuthorities { get; set; }

    /// <summary>Whether revocation of the devices' certificates is looked up: <c>NoCheck</c> (default), <c>Offline</c> or <c>Online</c>.</summary>
    public X509RevocationMode ClientRevocation { get; set; } = X509RevocationMode.NoCheck;
}
