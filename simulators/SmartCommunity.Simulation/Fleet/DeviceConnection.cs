using Microsoft.Extensions.Logging;
using SmartCommunity.Events.Ids;
using SmartCommunity.Mqtt.Client;
using SmartCommunity.Mqtt.Client.Publishing;
using SmartCommunity.Mqtt.Client.Reconnecting;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Topics;
using SmartCommunity.Simulation.Payloads;

namespace SmartCommunity.Simulation.Fleet;

/// <summary>A device's way to the server: present until it vanishes, and again after it came back.</summary>
/// <param name="device">The device; its id is the user name and the client id.</param>
/// <param name="token">Its password.</param>
/// <param name="options">Where the server is.</param>
/// <param name="time">The source of time.</param>
/// <param name="jitterSeed">The seed of the reconnects' jitter.</param>
/// <param name="statistics">Counts.</param>
/// <param name="logger">Takes what goes wrong.</param>
internal sealed class DeviceConnection(
    DeviceId device, string token, FleetOptions options, TimeProvider time, int jitterSeed, FleetStatistics statistics, ILogger logger) : IAsyncDisposable
{
    private readonly Dictionary<DeviceChannel, TopicName> _topics =
        Enum.GetValues<DeviceChannel>().ToDictionary(channel => channel, channel => TopicName.Create(DeviceTopics.Of(device, channel)));

    private volatile ReconnectingMqttClient? _client;
    private int _isConnected;

    /// <summary>Whether the device has power: it is connected or tries to be.</summary>
    public bool IsPresent => _client is not null;

    /// <summary>Starts to connect, unless it does so already.</summary>
    public void Appear() => _client ??= new ReconnectingMqttClient(ClientOptions(), ReconnectOptions(), new Random(jitterSeed));

    /// <summary>Waits for the first sign-in.</summary>
    public Task WaitUntilConnectedAsync(CancellationToken cancellationToken) => _client?.WaitUntilConnectedAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>Cuts the connection, so that the will speaks, and stays away.</summary>
    public async Task VanishAsync()
    {
        if (_client is not { } client) return;
        _client = null;
        await client.VanishAsync().ConfigureAwait(false);
        SetConnected(false);
    }

    /// <summary>Publishes a message and waits for its PUBACK. A device that has vanished says nothing.</summary>
    public async Task PublishAsync(DeviceMessage message, CancellationToken cancellationToken)
    {
        if (_client is not { } client) return;
        statistics.AddPublished();
        try
        {
            await client.PublishAsync(new MqttPublish(_topics[message.Channel], message.Payload), cancellationToken).ConfigureAwait(false);
            statistics.AddAcknowledged();
        }
        catch (MqttPublishRefusedException exception)
        {
            statistics.AddRefused();
            FleetLog.MessageRefused(logger, device, exception.Message);
        }
        catch (MqttConnectionLostException)
        {
            // The device vanished meanwhile; what it wanted to say is lost with it.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not { } client) return;
        _client = null;
        await client.DisposeAsync().ConfigureAwait(false);
        SetConnected(false);
    }

    private MqttClientOptions ClientOptions() => new()
    {
        Host = options.Host,
        Port = options.Port,
        ClientId = device.Value,
        UserName = device.Value,
        Password = token,
        CleanStart = false,
        // Long enough for a restart of the server: what was not acknowledged then comes again under its old packet id.
        SessionExpiry = TimeSpan.FromHours(1),
        Will = new WillMessage(
            DeviceTopics.Of(device, DeviceChannel.Status), DeviceMessage.Offline.Payload, QualityOfService.AtLeastOnce, Retain: true),
        // A device sends one message at a time, and at most a handful around a situation.
        MaxInFlight = 16,
        MaxWaitingMessages = 16,
        Time = time,
    };

    private ReconnectOptions ReconnectOptions() => new()
    {
        Birth = new MqttPublish(_topics[DeviceChannel.Status], DeviceMessage.Online.Payload, Retain: true),
        Connected = _ => SetConnected(true),
        Failed = (exception, delay) =>
        {
            SetConnected(false);
            statistics.AddLoss();
            FleetLog.ConnectionLost(logger, device, delay, exception.Message);
        },
    };

    private void SetConnected(bool connected)
    {
        var value = connected ? 1 : 0;
        if (Interlocked.Exchange(ref _isConnected, value) != value) statistics.AddConnected(connected ? 1 : -1);
    }
}
