using SmartCommunity.EndToEnd.Tests.Hostile.Harness;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server;
using SmartCommunity.TestKit.Mqtt;
using Xunit.Abstractions;

namespace SmartCommunity.EndToEnd.Tests.Hostile;

/// <summary>The canaries: a server that does badly does not pass.</summary>
[Collection(Attacks.Name)]
public sealed class HarnessTests(ITestOutputHelper output)
{
    private static readonly (string, string)[] Devices = [("a", "x"), ("b", "x")];

    [Fact]
    public async Task A_server_that_answers_late_during_an_attack_is_noticed()
    {
        await using var server = ScriptedPeer.Listen();
        var delay = TimeSpan.Zero;
        var serving = Devices.Select(_ => ServeAsync(server, () => delay)).ToList();
        using (var siege = new Siege(server.Port, Environment.ProcessId, Devices, attempts: 1))
        {
            var failure = await Record.ExceptionAsync(() => siege.WithstandAsync(async () =>
            {
                delay = TimeSpan.FromMilliseconds(400);
                await Task.Delay(Siege.Duration);
                delay = TimeSpan.Zero;
            }, output));
            failure.ShouldNotBeNull().Message.ShouldContain("acknowledgements took");
        }

        await Task.WhenAll(serving);
    }

    [Fact]
    public async Task A_queue_without_a_limit_is_noticed()
    {
        var boundless = new MqttServerOptions { MaxQueuedBytes = long.MaxValue, MaxQueuedMessages = int.MaxValue };
        await using var endpoint = await OpenEndpoint.StartAsync((_, _) => { }, boundless);
        using var siege = new Siege(endpoint.Port, Environment.ProcessId, Devices, attempts: 1);
        var failure = await Record.ExceptionAsync(() => siege.WithstandAsync(async () =>
        {
            await using var first = await DeafReaders.AttackAsync(new(endpoint.Port, "loud", ""), new(endpoint.Port, "loud", ""), perSecond: 1_500);
            await using var second = await DeafReaders.AttackAsync(new(endpoint.Port, "loud", ""), new(endpoint.Port, "loud", ""), perSecond: 1_500);
        }, output));
        failure.ShouldNotBeNull().Message.ShouldContain("the memory grew");
    }

    [Fact]
    public async Task A_bystander_that_is_sent_away_is_noticed()
    {
        await using var endpoint = await OpenEndpoint.StartAsync((_, _) => { });
        using var siege = new Siege(endpoint.Port, Environment.ProcessId, Devices, attempts: 1);
        var failure = await Record.ExceptionAsync(() => siege.WithstandAsync(() => endpoint.Mqtt.DisconnectAccountAsync("a"), output));
        failure.ShouldNotBeNull().Message.ShouldContain("a bystander lost its connection");
    }

    private static async Task ServeAsync(ScriptedPeer server, Func<TimeSpan> delay)
    {
        await using var peer = await server.AcceptAndWelcomeAsync();
        while (await peer.NextAsync() is { Type: PacketType.Publish })
        {
            await Task.Delay(delay());
            await peer.SendAsync(new AckPacket(PacketType.PubAck, 1));
        }
    }
}
