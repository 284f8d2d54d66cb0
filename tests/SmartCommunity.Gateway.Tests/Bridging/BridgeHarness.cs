using System.Buffers;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SmartCommunity.Events;
using SmartCommunity.Events.Batches;
using SmartCommunity.Gateway.Bridging;
using SmartCommunity.Gateway.Bridging.Configuration;
using SmartCommunity.Gateway.Journaling;
using SmartCommunity.Gateway.Receiving;
using SmartCommunity.Gateway.Tests.Support;
using SmartCommunity.Journal;
using SmartCommunity.Mqtt.Client;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Writing;
using SmartCommunity.TestKit.Mqtt;

namespace SmartCommunity.Gateway.Tests.Bridging;

/// <summary>A bridge between a scripted broker and a journal that is flushed only when the test says so.</summary>
internal sealed class BridgeHarness : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly GatewayMetrics _gatewayMetrics = new();
    private readonly BridgeMetrics _metrics = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public BridgeHarness(Func<BridgeOptions, BridgeOptions>? change = null, bool holdsFlush = true)
    {
        var options = GatewayTesting.Options(_folder.Path);
        Journal = GatewayTesting.Open(options with { Journal = options.Journal with { OwnThread = !holdsFlush } }, TimeProvider.System);
        var receiver = new GatewayReceiver(Journal, GatewayTesting.Registry, TimeProvider.System, _gatewayMetrics);
        var bridge = new BridgeOptions
        {
            Name = "site",
            EndPoint = new MqttEndPoint(MqttTransport.Tcp, "127.0.0.1", Broker.Port),
            ClientId = "smartcommunity-g-1-site",
            Topics = [new BridgeTopic("sc/v1/+/event", null, "", ""), new BridgeTopic("sc/v1/+/telemetry", null, "", "")],
        };
        Bridge = new Bridge(change?.Invoke(bridge) ?? bridge, receiver, _metrics, TimeProvider.System, new Random(1), NullLogger.Instance);
    }

    public ScriptedPeer Broker { get; } = ScriptedPeer.Listen();

    public GatewayJournal Journal { get; }

    public Bridge Bridge { get; }

    public BridgeStatus Status => Bridge.State.Describe();

    public void Start() => _running = Bridge.RunAsync(_stop.Token);

    /// <summary>Starts the bridge, takes its connection and answers its subscriptions.</summary>
    public async Task<PeerConnection> StartAndWelcomeAsync()
    {
        Start();
        var server = await Broker.AcceptAndWelcomeAsync();
        await AnswerSubscriptionsAsync(server);
        return server;
    }

    public async Task<List<SubscriptionRequest>> AnswerSubscriptionsAsync(PeerConnection server, int count = 2)
    {
        var filters = new List<SubscriptionRequest>();
        while (filters.Count < count)
        {
            var request = await server.ExpectSubscribeAsync();
            filters.AddRange(request.Filters);
            await server.SendAsync(new SubAckPacket(request.PacketId, [.. request.Filters.Select(_ => ReasonCode.GrantedQos1)]));
        }

        return filters;
    }

    public static Task PublishEventAsync(PeerConnection server, ushort packetId, bool duplicate = false, bool retain = false, string topic = "sc/v1/d-1/event")
    {
        var output = new ArrayBufferWriter<byte>();
        PacketWriter.Write(output, server.Version, new OutgoingPublish
        {
            Topic = Encoding.UTF8.GetBytes(topic),
            Payload = Encoding.UTF8.GetBytes($$"""{"id":"e{{packetId}}","kind":"smoke"}"""),
            Qos = QualityOfService.AtLeastOnce,
            PacketId = packetId,
            Duplicate = duplicate,
            Retain = retain,
        });
        return server.SendAsync(output.WrittenMemory);
    }

    public static void Eventually(Func<bool> condition, string what) => SpinWait.SpinUntil(condition, PeerConnection.Patience).ShouldBeTrue(what);

    public Task StopAsync()
    {
        _stop.Cancel();
        return _running.WaitAsync(PeerConnection.Patience);
    }

    /// <summary>Everything that is on disk.</summary>
    public List<EventBatch> ReadJournal()
    {
        var batches = new List<EventBatch>();
        using var reader = Journal.Log.OpenReader(Journal.Log.FirstSequence);
        while (reader.TryRead(1 << 16) is { } records)
        {
            var walk = new JournalRecordReader(records.Records.Span);
            while (walk.TryRead(out _, out var payload)) batches.Add(EventBatchCodec.Read(payload));
            records.Dispose();
        }

        return batches;
    }

    public IEnumerable<string> JournaledIds() => ReadJournal().SelectMany(batch => batch.Events).Select(item => item.Id);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Broker.DisposeAsync();
        Journal.Dispose();
        _metrics.Dispose();
        _gatewayMetrics.Dispose();
        _stop.Dispose();
        _folder.Dispose();
    }
}
