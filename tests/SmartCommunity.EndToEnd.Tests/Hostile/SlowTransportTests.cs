using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using SmartCommunity.EndToEnd.Tests.Hostile.Harness;
using SmartCommunity.EndToEnd.Tests.Support;
using Xunit.Abstractions;

namespace SmartCommunity.EndToEnd.Tests.Hostile;

/// <summary>Half a handshake at one byte a second, over TLS and over WebSocket.</summary>
[Collection(Attacks.Name)]
public sealed class SlowTransportTests(Besieged besieged, ITestOutputHelper output)
{
    private const int Count = 40;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    // record = handshake version length, then the beginning of a ClientHello of 512 bytes
    private static readonly byte[] ClientHello = [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03, .. new byte[64]];

    [Fact]
    public Task A_tls_handshake_at_one_byte_a_second_is_ended() => besieged.WithstandAsync(() => Together(async () =>
    {
        using var socket = await DialAsync(besieged.TlsPort);
        await using var stream = new NetworkStream(socket);
        await DripAsync(stream, ClientHello);
    }), output);

    [Fact]
    public Task Half_a_connect_over_tls_is_closed_in_time() => besieged.WithstandAsync(() => Together(async () =>
    {
        using var socket = await DialAsync(besieged.TlsPort);
        await using var stream = new SslStream(new NetworkStream(socket), leaveInnerStreamOpen: false, (_, _, _, _) => true);
        await stream.AuthenticateAsClientAsync("localhost").WaitAsync(Eventually.Patience);
        await DripAsync(stream, Connect());
    }), output);

    [Fact]
    public Task Half_a_connect_over_web_socket_is_closed_in_time() => besieged.WithstandAsync(() => Together(async () =>
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("mqtt");
        using var limit = new CancellationTokenSource(Eventually.Patience);
        await socket.ConnectAsync(new UriBuilder(besieged.Host.Http) { Scheme = "ws", Path = "/mqtt" }.Uri, limit.Token);
        var closed = EndAsync(async () => (await socket.ReceiveAsync(new byte[64].AsMemory(), limit.Token)).MessageType == WebSocketMessageType.Close);
        await DripAsync(Connect(), closed, one => socket.SendAsync(one, WebSocketMessageType.Binary, WebSocketMessageFlags.EndOfMessage, limit.Token));
    }), output);

    private static Task Together(Func<Task> action) => Task.WhenAll(Enumerable.Range(0, Count).Select(_ => action()));

    private static byte[] Connect() => Raw.Connect(new() { ClientId = "slow", UserName = "nobody", Password = new byte[64] });

    private static async Task<Socket> DialAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port).WaitAsync(Eventually.Patience);
        return socket;
    }

    private static Task DripAsync(Stream stream, byte[] bytes) => DripAsync(bytes, EndAsync(async () => await stream.ReadAsync(new byte[64]) == 0), one => stream.WriteAsync(one));

    /// <summary>Sends half of the bytes, one each second, until the other side has had enough; it must have before the bytes are through.</summary>
    private static async Task DripAsync(byte[] bytes, Task closed, Func<ReadOnlyMemory<byte>, ValueTask> send)
    {
        using var timer = new PeriodicTimer(Period);
        for (var sent = 0; !closed.IsCompleted && sent < bytes.Length / 2; sent++)
        {
            await TryAsync(() => send(bytes.AsMemory(sent, 1)).AsTask());
            await Task.WhenAny(closed, timer.WaitForNextTickAsync().AsTask());
        }

        await closed.WaitAsync(Eventually.Patience);
    }

    private static async Task EndAsync(Func<Task<bool>> isEnd)
    {
        var ended = false;
        while (!ended && await TryAsync(async () => ended = await isEnd()))
        {
        }
    }

    // A connection that is reset has ended too.
    private static async Task<bool> TryAsync(Func<Task> action)
    {
        try
        {
            await action();
            return true;
        }
        catch (Exception exception) when (exception is IOException or SocketException or WebSocketException)
        {
            return false;
        }
    }
}
