namespace SmartCommunity.Mqtt.Server.Transports;

/// <summary>What carries a connection.</summary>
public enum TransportKind : byte
{
    /// <summary>A TCP socket in the clear.</summary>
    Tcp = 0,

    /// <summary>TLS on a TCP socket.</summary>
    Tls = 1,

    /// <summary>A WebSocket on the HTTP port (MQTT 5.0 section 6).</summary>
    WebSocket = 2,

    /// <summary>A WebSocket on HTTPS, or behind a proxy that says so.</summary>
    WebSocketOverTls = 3,
}
