using System.Net;
using System.Net.Sockets;

namespace SmartCommunity.TestKit.Mqtt;

/// <summary>An MQTT peer that does exactly what a test says, packet by packet or byte by byte, as a server on a free port or as a client.</summary>
public sealed class ScriptedPeer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly List<PeerConnection> _accepted = [];

    private ScriptedPeer()
    {
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
    }

    /// <summary>The port of 127.0.0.1 that it listens on.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Listens on a free port.</summary>
    public static ScriptedPeer Listen() => new();

    /// <summary>Connects to a server; the test then speaks as the client.</summary>
    public static async Task<PeerConnection> ConnectAsync(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port).WaitAsync(PeerConnection.Patience);
        return new PeerConnection(socket);
    }

    /// <summary>Takes the next connection.</summary>
    public async Task<PeerConnection> AcceptAsync()
    {
        var socket = await _listener.AcceptSocketAsync().WaitAsync(PeerConnection.Patience);
        socket.NoDelay = true;
        var connection = new PeerConnection(socket);
        _accepted.Add(connection);
        return connection;
    }

    /// <summary>Takes the next connection, reads its CONNECT and answers it with success.</summary>
    /// <param name="sessionPresent">What the CONNACK says of the session.</param>
    public async Task<PeerConnection> AcceptAndWelcomeAsync(bool sessionPresent = false)
    {
        var connection = await AcceptAsync();
        await connection.ExpectConnectAsync();
        await connection.SendAsync(new SmartCommunity.Mqtt.Packets.ConnAckPacket { SessionPresent = sessionPresent });
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        foreach (var connection in _accepted) await connection.DisposeAsync();
    }
}
