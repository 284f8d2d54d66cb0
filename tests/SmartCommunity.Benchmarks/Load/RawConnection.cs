using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Writing;

namespace SmartCommunity.Benchmarks.Load;

/// <summary>A signed-in MQTT 3.1.1 connection without anything behind it, for loads where a client would cost more than the server.</summary>
internal static class RawConnection
{
    // CONNACK of MQTT 3.1.1: header, length, flags, return code.
    private const int ConnAckBytes = 4;

    /// <param name="port">The server's port on 127.0.0.1.</param>
    /// <param name="clientId">The client identifier, and the user name.</param>
    /// <param name="from">The local address; another than 127.0.0.1 gives another 28,000 ports.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="password">The device's token, where the server wants one.</param>
    public static async Task<Socket> OpenAsync(int port, string clientId, IPAddress from, CancellationToken cancellationToken, string? password = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(from, 0));
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancellationToken);
            var connect = new ArrayBufferWriter<byte>();
            PacketWriter.Write(connect, new ConnectPacket { Version = MqttVersion.V311, ClientId = clientId, UserName = clientId, Password = Encoding.UTF8.GetBytes(password ?? "") });
            await SendAsync(socket, connect.WrittenMemory, cancellationToken);
            var answer = await ReceiveAsync(socket, ConnAckBytes, cancellationToken);
            return answer[3] == 0 ? socket : throw new InvalidOperationException($"The server refused {clientId} with return code {answer[3]}.");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Subscribes at QoS 0.</summary>
    public static async Task SubscribeAsync(Socket socket, string filter, CancellationToken cancellationToken)
    {
        var subscribe = new ArrayBufferWriter<byte>();
        PacketWriter.Write(subscribe, MqttVersion.V311, new SubscribePacket(1, [new SubscriptionRequest(filter, QualityOfService.AtMostOnce)]));
        await SendAsync(socket, subscribe.WrittenMemory, cancellationToken);
        await ReceiveAsync(socket, 5, cancellationToken);
    }

    public static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None, cancellationToken)..];
        }
    }

    private static async Task<byte[]> ReceiveAsync(Socket socket, int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        for (var have = 0; have < count;)
        {
            var read = await socket.ReceiveAsync(bytes.AsMemory(have), SocketFlags.None, cancellationToken);
            have += read > 0 ? read : throw new InvalidOperationException("The server closed the connection.");
        }

        return bytes;
    }
}
