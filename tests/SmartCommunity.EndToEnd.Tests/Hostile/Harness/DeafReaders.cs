using SmartCommunity.TestKit.Mqtt;

namespace SmartCommunity.EndToEnd.Tests.Hostile.Harness;

/// <summary>Subscribers to everything of a device that never read, while the device publishes large messages.</summary>
internal static class DeafReaders
{
    private const int Count = 4;

    // A proper sample behind much white space: large on the wire, small in the store.
    private static readonly byte[] Payload = [.. Enumerable.Repeat((byte)' ', 60_000), .. """{"values":{"battery":50}}"""u8];

    /// <summary>Subscribes and publishes while the siege lasts.</summary>
    /// <param name="listening">Who subscribes.</param>
    /// <param name="speaking">Who publishes.</param>
    /// <param name="perSecond">How many messages of 60 kB; 12 MB a second to each of them by default.</param>
    /// <returns>The readers, who have read nothing but the answers to CONNECT and SUBSCRIBE.</returns>
    public static async Task<Crowd> AttackAsync(Intruder listening, Intruder speaking, int perSecond = 200)
    {
        var crowd = new Crowd();
        for (var n = 0; n < Count; n++)
        {
            var peer = crowd.Add(await listening.EnterAsync(listening.Credentials(), receiveBuffer: 4096));
            await peer.SendAsync(Raw.Subscribe(1, $"sc/v1/{listening.Device}/#"));
            await peer.ExpectSubAckAsync();
        }

        await using var sender = await speaking.EnterAsync();
        ushort last = 0;
        await Pace.KeepInTurnAsync(perSecond, async n =>
        {
            last = (ushort)(1 + (n % 60_000));
            await sender.SendAsync(Raw.Publish(speaking.Telemetry, Payload, 1, last));
            await sender.ExpectAckAsync();
        });
        return crowd;
    }
}
