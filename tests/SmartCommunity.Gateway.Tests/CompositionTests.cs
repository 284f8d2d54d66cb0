using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SmartCommunity.Events.Ids;
using SmartCommunity.Gateway.Decoding;
using SmartCommunity.Gateway.Forwarding;
using SmartCommunity.Gateway.Tests.Forwarding;
using SmartCommunity.Gateway.Tests.Support;
using SmartCommunity.Journal;
using SmartCommunity.Mqtt.Server.Ports;
using SmartCommunity.Mqtt.Server.Sessions;

namespace SmartCommunity.Gateway.Tests;

public sealed class CompositionTests
{
    [Fact]
    public async Task A_message_goes_from_the_endpoint_to_the_target_and_the_folder_is_free_afterwards()
    {
        using var folder = new TemporaryFolder();
        var target = new ScriptedTarget { Answer = ScriptedTarget.Accept };
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<IIngestTarget>(target);
        builder.Services.AddGateway(GatewayTesting.Options(folder.Path));
        long position;
        using (var host = builder.Build())
        {
            await host.StartAsync();
            var receiver = host.Services.GetRequiredService<IPublishReceiver>();
            var message = new ReceivedPublish(
                "sc/v1/d-1/event", Encoding.UTF8.GetBytes("""{"kind":"smoke"}"""), 1, Retain: false, Duplicate: false, ContentType: null, PublishOrigin.Client);
            position = (await receiver.ReceiveAsync(new ClientIdentity("d-1", ClientKind.Device, "c"), message, default)).Position;
            await receiver.WaitUntilDurableAsync(position, default);
            SpinWait.SpinUntil(() => target.Calls.Count > 0, TimeSpan.FromMinutes(1)).ShouldBeTrue();
            await host.StopAsync();
            target.Calls.SelectMany(call => call.Sequences).ShouldBe([position]);
            host.Services.GetRequiredService<ForwarderStatus>().DurableThrough.ShouldBe(position);
        }

        DurableJournal.Open(folder.Path, GatewayTesting.Options(folder.Path).Journal).Dispose();
    }

    [Fact]
    public void Wrong_options_are_refused_all_at_once()
    {
        var services = new ServiceCollection();
        var error = Should.Throw<ArgumentException>(() => services.AddGateway(new GatewayOptions
        {
            Id = default,
            JournalFolder = "",
            Forwarder = new ForwarderOptions { MaxInFlight = 0 },
        }));
        error.Message.ShouldContain("Id");
        error.Message.ShouldContain("JournalFolder");
        error.Message.ShouldContain("MaxInFlight");
        Should.Throw<ArgumentException>(() => new GatewayOptions { JournalFolder = "x", Decoding = new DecodingOptions { MaxPayloadBytes = 9 << 20 } }.Validate())
            .Message.ShouldContain("MaxRecordBytes");
        new GatewayOptions { Id = GatewayId.Parse("g"), JournalFolder = "x" }.Validate();
    }
}
