using System.Diagnostics.CodeAnalysis;

namespace SmartCommunity.Mqtt.Client;

/// <summary>How the bytes travel.</summary>
public enum MqttTransport : byte
{
    /// <summary>TCP, in the clear: <c>mqtt://</c>, port 1883.</summary>
    Tcp = 0,

    /// <summary>TLS on TCP: <c>mqtts://</c>, port 8883.</summary>
    Tls = 1,

    /// <summary>WebSocket, in the clear: <c>ws://</c>, port 80 (MQTT 5.0 section 6).</summary>
    WebSocket = 2,

    /// <summary>WebSocket on TLS: <c>wss://</c>, port 443.</summary>
    SecureWebSocket = 3,
}

/// <summary>Where an MQTT server is.</summary>
/// <param name="Transport">How to reach it.</param>
/// <param name="Host">Host name or address; an IPv6 address without brackets.</param>
/// <param name="Port">1 to 65,535.</param>
/// <param name="Path">The path of a WebSocket, with its query; not used by the others.</param>
public sealed record MqttEndPoint(MqttTransport Transport, string Host, int Port, string Path = MqttEndPoint.DefaultPath)
{
    /// <summary>The path of a WebSocket that names none: the usual one.</summary>
    public const string DefaultPath = "/mqtt";

    /// <summary>What the errors of <see cref="Parse"/> suggest.</summary>
    private const string Form = "write for example mqtts://broker.example:8883, with mqtt, mqtts, ws or wss";

    /// <summary>MQTT's registered port on this machine: mqtt://127.0.0.1:1883.</summary>
    public static MqttEndPoint Local { get; } = new(MqttTransport.Tcp, "127.0.0.1", 1883);

    /// <summary>Whether the bytes are encrypted, and the server has to show a certificate.</summary>
    public bool IsSecure => Transport is MqttTransport.Tls or MqttTransport.SecureWebSocket;

    /// <summary>Whether it is a WebSocket.</summary>
    public bool IsWebSocket => Transport is MqttTransport.WebSocket or MqttTransport.SecureWebSocket;

    /// <summary>Reads <c>scheme://host[:port][/path]</c>.</summary>
    /// <exception cref="FormatException">It is not of that form; the message says why.</exception>
    public static MqttEndPoint Parse(string text) => TryParse(text, out var endPoint, out var error) ? endPoint : throw new FormatException(error);

    /// <summary>Reads <c>scheme://host[:port][/path]</c>; the port is that of the scheme when it is left out.</summary>
    /// <param name="text">The text.</param>
    /// <param name="endPoint">What it says.</param>
    /// <param name="error">What is wrong with it.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out MqttEndPoint? endPoint, [NotNullWhen(false)] out string? error)
    {
        endPoint = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.IdnHost.Length == 0)
            error = $"'{text}' is no address; {Form}";
        else if (TransportOf(uri.Scheme) is not { } transport)
            error = $"'{uri.Scheme}' is no way to an MQTT server; {Form}";
        else if (uri.UserInfo.Length > 0)
            error = "an address with a user and password in it ends up in logs; give them on their own";
        else if (uri.Port == 0)
            error = $"port 0 is no port; {Form}";
        else if (transport is MqttTransport.Tcp or MqttTransport.Tls && uri.PathAndQuery.Length > 1)
            error = $"only ws and wss have a path, not {uri.Scheme}";
        else
        {
            var port = uri.Port > 0 ? uri.Port : DefaultPort(transport);
            endPoint = new MqttEndPoint(transport, uri.IdnHost, port, uri.PathAndQuery.Length > 1 ? uri.PathAndQuery : DefaultPath);
            error = null;
            return true;
        }

        return false;
    }

    /// <summary>The address as it is written, for logs.</summary>
    public override string ToString() => $"{Scheme}://{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}{(IsWebSocket ? Path : "")}";

    internal Uri ToUri() => new(ToString());

    private string Scheme => Transport switch
    {
        MqttTransport.Tcp => "mqtt",
        MqttTransport.Tls => "mqtts",
        MqttTransport.WebSocket => "ws",
        _ => "wss",
    };

    private static MqttTransport? TransportOf(string scheme) => scheme switch
    {
        "mqtt" => MqttTransport.Tcp,
        "mqtts" => MqttTransport.Tls,
        "ws" => MqttTransport.WebSocket,
        "wss" => MqttTransport.SecureWebSocket,
        _ => null,
    };

    private static int DefaultPort(MqttTransport transport) => transport switch
    {
        MqttTransport.Tcp => 1883,
        MqttTransport.Tls => 8883,
        MqttTransport.WebSocket => 80,
        _ => 443,
    };
}
