using System.Net;
using System.Net.Sockets;
using System.Text;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.TestKit.Mqtt;

namespace SmartCommunity.EndToEnd.Tests.Hostile.Harness;

/// <summary>Somebody with a loopback address of their own, and perhaps the token of one device.</summary>
/// <param name="port">The endpoint's port of 127.0.0.1.</param>
/// <param name="device">Who it says it is.</param>
/// <param name="token">With which token.</param>
internal sealed class Intruder(int port, string device, string token)
{
    private static int _addresses;
    private static int _names;

    private readonly IPAddress _address = NextAddress();

    /// <summary>Who it says it is.</summary>
    public string Device => device;

    /// <summary>The one topic of the device that samples go to.</summary>
    public string Telemetry => $"sc/v1/{device}/telemetry";

    /// <summary>Opens a connection and says nothing.</summary>
    /// <param name="receiveBuffer">What the system takes for it at most before it reads, in bytes; null for the system's choice.</param>
    public async Task<PeerConnection> DialAsync(int? receiveBuffer = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer is { } bytes) socket.ReceiveBufferSize = bytes;
        socket.Bind(new IPEndPoint(_address, 0));
        await socket.ConnectAsync(IPAddress.Loopback, port).WaitAsync(PeerConnection.Patience);
        return new(socket);
    }

    /// <summary>A CONNECT that is let in, with a new client identifier, to be changed with <c>with</c>.</summary>
    public ConnectPacket Credentials() => new()
    {
        Version = MqttVersion.V500,
        ClientId = $"intruder-{Interlocked.Increment(ref _names)}",
        UserName = device,
        Password = Encoding.UTF8.GetBytes(token),
        CleanStart = true,
    };

    /// <summary>Signs in as the device.</summary>
    public Task<PeerConnection> EnterAsync(MqttVersion version = MqttVersion.V500) => EnterAsync(Credentials() with { Version = version });

    public async Task<PeerConnection> EnterAsync(ConnectPacket packet, int? receiveBuffer = null)
    {
        var peer = await DialAsync(receiveBuffer);
        await peer.SendAsync(packet);
        var answer = await peer.ExpectConnAckAsync();
        answer.Reason.ShouldBe(ReasonCode.Success, $"client {packet.ClientId}");
        return peer;
    }

    // All of 127.0.0.0/8 is this machine; 127.0.0.x is left to everybody else.
    private static IPAddress NextAddress()
    {
        var number = Interlocked.Increment(ref _addresses);
        return new([127, 66, (byte)(number >> 8), (byte)number]);
    }
}
