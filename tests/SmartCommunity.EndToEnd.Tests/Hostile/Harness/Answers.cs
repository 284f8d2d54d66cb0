using System.Net.Sockets;
using SmartCommunity.Mqtt.Framing;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Reading;
using SmartCommunity.TestKit.Mqtt;

namespace SmartCommunity.EndToEnd.Tests.Hostile.Harness;

/// <summary>What the server should answer.</summary>
internal static class Answers
{
    /// <summary>The server closes and says nothing, because it can not know which version would be understood.</summary>
    public static async Task ShouldBeCutOffAsync(this PeerConnection peer, string what)
    {
        var said = await peer.NextAsync();
        said.ShouldBeNull($"{what}: {(said is { } frame ? frame.Type : default)}");
    }

    /// <summary>The server refuses the CONNECT with this reason and closes.</summary>
    public static async Task ShouldBeRefusedAsync(this PeerConnection peer, ReasonCode reason, string what)
    {
        (await peer.ExpectConnAckAsync()).Reason.ShouldBe(reason, what);
        await peer.ShouldBeCutOffAsync(what);
    }

    /// <summary>The server says goodbye with this reason and closes; acknowledgements and messages may come before.</summary>
    public static async Task ShouldBeSentAwayAsync(this PeerConnection peer, ReasonCode reason, string what)
    {
        var packets = new PacketReader(MqttVersion.V500, ReadLimits.Default);
        while (await peer.NextAsync() is { } frame)
        {
            if (frame.Type != PacketType.Disconnect) continue;
            packets.ReadDisconnect(in frame).Reason.ShouldBe(reason, what);
            await peer.ShouldBeCutOffAsync(what);
            return;
        }

        throw new PeerException($"{what}: the connection closed without a DISCONNECT.");
    }

    /// <summary>The connection is alive: a ping is answered; what else waits is read past.</summary>
    public static async Task ShouldBeServedAsync(this PeerConnection peer)
    {
        await peer.PingAsync();
        Frame? frame;
        do
        {
            frame = await peer.NextAsync() ?? throw new PeerException("The connection closed where a ping should have been answered.");
        }
        while (frame.Value.Type != PacketType.PingResp);
    }

    /// <summary>Sends a ping without waiting for the answer.</summary>
    /// <returns>Whether there is still a connection.</returns>
    public static Task<bool> TryPingAsync(this PeerConnection peer) => peer.PushAsync((byte[])[0xC0, 0x00]);

    /// <summary>Sends as far as the server takes it; a server may close in the middle.</summary>
    /// <returns>Whether it took everything.</returns>
    public static async Task<bool> PushAsync(this PeerConnection peer, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await peer.SendAsync(bytes);
            return true;
        }
        catch (SocketException failure) when (failure.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted)
        {
            // What it said before can still be read.
            return false;
        }
    }
}
