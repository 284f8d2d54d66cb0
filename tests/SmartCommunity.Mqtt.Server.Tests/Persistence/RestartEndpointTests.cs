using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Tests.Harness;
using SmartCommunity.TestKit.Processes;

namespace SmartCommunity.Mqtt.Server.Tests.Persistence;

/// <summary>The endpoint on a real folder, stopped or cut off, and started again.</summary>
public sealed class RestartEndpointTests : IDisposable
{
    private static readonly Func<ConnectPacket, ConnectPacket> Lasting =
        c => c with { CleanStart = false, SessionExpiryInterval = c.Version == MqttVersion.V500 ? 3600 : null };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true, MqttVersion.V311)]
    [InlineData(false, MqttVersion.V500)]
    public async Task QueuedAndInFlightMessagesSubscriptionsAndRetainedOnesOutliveARestart(bool cut, MqttVersion version)
    {
        await using (var endpoint = await StartAsync("a"))
        {
            await using (var away = await endpoint.ConnectAsync("s", version, Lasting))
            {
                await away.SubscribeAsync("t/#");
                await using var publisher = await endpoint.ConnectAsync("p", version);
                await PublishAsync(publisher, "t/1", "in flight", 1);
                (await away.ReadMessageAsync()).Text.ShouldBe("in flight");
                away.Drop();
                await TestEndpoint.UntilAsync(() => endpoint.Mqtt.Connections.Count == 1);
                await PublishAsync(publisher, "t/2", "queued", 2, retain: true);
            }

            if (cut) CopyFolder("a", "b");
            else await endpoint.StopAsync();
        }

        await using var after = await StartAsync(cut ? "b" : "a");
        await using var back = await after.OpenAsync(version);
        (await back.ConnectAsync("s", Lasting)).SessionPresent.ShouldBeTrue();
        var again = await back.ReadMessageAsync();
        (again.Text, again.Duplicate).ShouldBe(("in flight", true));
        (await back.ReadMessageAsync()).Text.ShouldBe("queued");
        await using var newcomer = await after.ConnectAsync("n", version);
        await newcomer.SubscribeAsync("t/+");
        (await newcomer.ReadMessageAsync()).Retain.ShouldBeTrue();
        await after.Mqtt.PublishAsync("t/3", "new"u8.ToArray());
        (await back.ReadMessageAsync()).Text.ShouldBe("new");
    }

    [Fact]
    public async Task AnExactlyOnceMessageIsTakenOnceAcrossARestart()
    {
        await using (var endpoint = await StartAsync("a"))
        {
            await using var publisher = await endpoint.ConnectAsync("p", MqttVersion.V500, Lasting);
            await publisher.PublishAsync("t/1", "once", qos: 2, packetId: 9);
            (await publisher.ReadAsync()).ShouldBe(new AckPacket(PacketType.PubRec, 9, ReasonCode.Success));
            CopyFolder("a", "b");
            await publisher.AckAsync(PacketType.PubRel, 9);
            (await publisher.ReadAsync()).ShouldBe(new AckPacket(PacketType.PubComp, 9));
            CopyFolder("a", "c");
        }

        (await TakenAsync("b")).ShouldBe(0, "it had its effect already");
        (await TakenAsync("c")).ShouldBe(1, "the identifier was released, so this is another message");
    }

    [Fact]
    public async Task ACleanStartLeavesNothingBehindOnDisk()
    {
        await using (var endpoint = await StartAsync("a"))
        {
            await using (var first = await endpoint.ConnectAsync("s", with: Lasting)) await first.SubscribeAsync("t/#");
            await using var second = await endpoint.ConnectAsync("s");
            CopyFolder("a", "b");
        }

        await using var after = await StartAsync("b");
        await using var third = await after.OpenAsync();
        (await third.ConnectAsync("s", Lasting)).SessionPresent.ShouldBeFalse();
    }

    [Fact]
    public async Task AForgottenAccountLeavesNothingBehind()
    {
        await using (var endpoint = await StartAsync("a"))
        {
            await using var other = await endpoint.ConnectAsync("s", with: c => Lasting(c) with { UserName = "other" });
            await other.SubscribeAsync("t/#");
            var will = new WillMessage("w", default, QualityOfService.AtMostOnce, Retain: false);
            await using var gone = await endpoint.ConnectAsync("s", MqttVersion.V500, c => Lasting(c) with { UserName = "gone", Will = will });
            await gone.SubscribeAsync("t/#");
            (await endpoint.Mqtt.ForgetAccountAsync("gone")).ShouldBe(1);
            (await gone.UntilClosedAsync())!.Reason.ShouldBe(ReasonCode.AdministrativeAction);
            endpoint.Receiver.All.ShouldBeEmpty("its will is not published");
            await endpoint.Mqtt.PublishAsync("t/1", "x"u8.ToArray());
            (await other.ReadMessageAsync()).Text.ShouldBe("x");
            CopyFolder("a", "b");
        }

        await using var after = await StartAsync("b");
        await using var back = await after.OpenAsync();
        (await back.ConnectAsync("s", c => Lasting(c) with { UserName = "gone" })).SessionPresent.ShouldBeFalse();
        await using var stays = await after.OpenAsync();
        (await stays.ConnectAsync("s", c => Lasting(c) with { UserName = "other" })).SessionPresent.ShouldBeTrue();
    }

    [Fact]
    public async Task TheSameFolderTwiceIsRefused()
    {
        await using var endpoint = await StartAsync("a");
        await Should.ThrowAsync<IOException>(() => StartAsync("a"));
    }

    private async Task<int> TakenAsync(string folder)
    {
        await using var after = await StartAsync(folder);
        await using var publisher = await after.ConnectAsync("p", MqttVersion.V500, Lasting);
        await publisher.PublishAsync("t/1", "once", qos: 2, packetId: 9, duplicate: true);
        (await publisher.ReadAsync()).ShouldBeOfType<AckPacket>().Type.ShouldBe(PacketType.PubRec);
        return after.Receiver.All.Count;
    }

    private Task<TestEndpoint> StartAsync(string folder) =>
        TestEndpoint.StartAsync(new MqttServerOptions { StateFolder = _folder[folder], StateSegmentBytes = 1 << 20, MaxPacketSize = 64 * 1024 });

    private static async Task PublishAsync(RawPeer publisher, string topic, string text, int qos, bool retain = false)
    {
        await publisher.PublishAsync(topic, text, qos, packetId: 1, retain);
        (await publisher.ReadAsync()).ShouldBeOfType<AckPacket>();
        if (qos < 2) return;
        await publisher.AckAsync(PacketType.PubRel, 1);
        (await publisher.ReadAsync()).ShouldBeOfType<AckPacket>().Type.ShouldBe(PacketType.PubComp);
    }

    // What a process that is killed at this moment leaves behind.
    private void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(_folder[to]);
        foreach (var file in Directory.EnumerateFiles(_folder[from]).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(_folder[to], Path.GetFileName(file)));
    }
}
