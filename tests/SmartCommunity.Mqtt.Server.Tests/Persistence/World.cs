using Microsoft.Extensions.Logging.Abstractions;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Connections;
using SmartCommunity.Mqtt.Server.Diagnostics;
using SmartCommunity.Mqtt.Server.Persistence;
using SmartCommunity.Mqtt.Server.Routing;
using SmartCommunity.Mqtt.Server.Sessions;
using SmartCommunity.Mqtt.Server.Tests.Harness;
using SmartCommunity.Mqtt.Topics;
using SmartCommunity.TestKit.Time;

namespace SmartCommunity.Mqtt.Server.Tests.Persistence;

/// <summary>Sessions, routing and state without connections, on a disk that crashes. Nothing happens but what the test does.</summary>
internal sealed class World : IDisposable
{
    private readonly HeldReceiver _receiver = new();

    private World(CrashDisk disk, ManualTimeProvider clock, MqttServerOptions options, long receivedThrough)
    {
        Disk = disk;
        Clock = clock;
        Options = options;
        _receiver.Release(receivedThrough);
        var metrics = new ServerMetrics(null);
        Store = new StateStore(() => disk, "memory", options, clock, Log, ownThread: false);
        Router = new Router(new RetainedStore(options, clock, metrics, Store), clock, Store);
        Context = new SessionContext(options, clock, metrics, Store);
        Sessions = new SessionRegistry(Context, Router);
        var house = new OpenHouse();
        var wills = new WillPublisher(_receiver, house, Router, clock, new ServerLog(NullLogger<MqttEndpoint>.Instance, clock, options), options);
        Sessions.WillIsDue = wills.PublishDue;
        new StateRestorer(Store, Context, Sessions, Router, wills, house, _receiver, Log).Restore();
    }

    public CrashDisk Disk { get; }

    public ManualTimeProvider Clock { get; }

    public MqttServerOptions Options { get; }

    public StateStore Store { get; }

    public Router Router { get; }

    public SessionContext Context { get; }

    public SessionRegistry Sessions { get; }

    public LogCapture Log { get; } = new();

    public HeldReceiver Receiver => _receiver;

    public static World Open(CrashDisk? disk = null, ManualTimeProvider? clock = null, MqttServerOptions? options = null, long receivedThrough = 0) =>
        new(disk ?? new CrashDisk(), clock ?? new ManualTimeProvider(), options ?? Small, receivedThrough);

    /// <summary>Limits under which segments and snapshots change often.</summary>
    public static MqttServerOptions Small { get; } = new()
    {
        MaxPacketSize = 16 * 1024,
        StateSegmentBytes = 64 * 1024,
        StateCompactionBytes = 64 * 1024,
        MaxSessionExpiry = TimeSpan.FromDays(1),
    };

    /// <summary>The power goes, and comes back.</summary>
    public World Crash(Func<bool> survives, long receivedThrough = 0) => Open(Disk.Crash(survives), Clock, Options, receivedThrough);

    /// <summary>A lasting session; the one that is there, or a new one.</summary>
    public Session Session(string clientId, TimeSpan? expiry = null)
    {
        var identity = new ClientIdentity("account", ClientKind.Subscriber, clientId);
        return Sessions.All.SingleOrDefault(s => s.Key.ClientId == clientId)
            ?? Sessions.Add(SessionKey.Of(identity), identity, expiry ?? TimeSpan.FromHours(1));
    }

    public long Subscribe(Session session, string filter, int qos = 2, int? identifier = null)
    {
        var known = session.Subscriptions.Find(filter);
        var subscription = new Subscription(session, new SubscriptionRequest(filter, (QualityOfService)qos), identifier)
        {
            Number = known?.Number ?? Store.NextSubscription(),
        };
        session.Subscriptions.Put(subscription);
        Router.Add(subscription);
        return session.Trail?.Subscribed(subscription) ?? 0;
    }

    public long Publish(string topic, string payload, int qos = 1, bool retain = false, PublishProperties? properties = null) =>
        Router.Publish(TopicName.Create(topic), System.Text.Encoding.UTF8.GetBytes(payload), (QualityOfService)qos, retain, properties, null).Position;

    public void Flush()
    {
        while (Store.Flush())
        {
            // Until nothing waits.
        }
    }

    public void Dispose() => Store.Dispose();
}
