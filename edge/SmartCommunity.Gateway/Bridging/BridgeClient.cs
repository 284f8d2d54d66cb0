using SmartCommunity.Gateway.Bridging.Configuration;
using SmartCommunity.Mqtt.Client;
using SmartCommunity.Mqtt.Client.Reconnecting;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Gateway.Bridging;

/// <summary>The MQTT client of a bridge: a session that the broker keeps, and acknowledgements by hand.</summary>
internal sealed class BridgeClient(BridgeOptions options, BridgeReport report, TimeProvider time)
{
    private string? _password = options.Password;

    /// <summary>Starts to connect.</summary>
    /// <param name="random">The source of the jitter.</param>
    public ReconnectingMqttClient Start(Random random) => new(
        new MqttClientOptions
        {
            EndPoint = options.EndPoint,
            Tls = options.Tls,
            FallsBack = true,
            ClientId = options.ClientId,
            UserName = options.User,
            CleanStart = false,
            SessionExpiry = options.SessionExpiry,
            KeepAlive = options.KeepAlive,
            MaxWaitingMessages = options.MaxUnacknowledged,
            AcknowledgeAutomatically = false,
            Time = time,
        },
        new ReconnectOptions { Prepare = SignIn, Connected = report.Connected, Failed = report.Lost },
        random);

    /// <summary>Subscribes to everything that the bridge takes, and does not give up; the client renews it when the broker has forgotten.</summary>
    public async Task SubscribeAsync(ReconnectingMqttClient client, CancellationToken cancellationToken)
    {
        var retry = TimeSpan.FromSeconds(1);
        var left = new Queue<BridgeTopic>(options.Topics);
        while (left.TryPeek(out var topic))
        {
            try
            {
                // A subscription that the session has kept brings nothing that the broker retains.
                var request = new SubscriptionRequest(topic.Filter, QualityOfService.AtLeastOnce, RetainHandling: RetainHandling.SendWhenNew);
                await client.SubscribeAsync(request, cancellationToken: cancellationToken);
                left.Dequeue();
            }
            catch (Exception reason) when (reason is MqttSubscribeRefusedException or TimeoutException)
            {
                report.NotSubscribed(reason);
                // The other topics need not wait for this one.
                left.Enqueue(left.Dequeue());
                await Task.Delay(retry, time, cancellationToken);
                retry = retry < TimeSpan.FromMinutes(1) ? retry * 2 : retry;
            }
        }
    }

    private MqttClientOptions SignIn(MqttClientOptions client)
    {
        if (options.PasswordFile is { } file)
        {
            try
            {
                _password = File.ReadAllText(file).TrimEnd('\r', '\n');
            }
            catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
            {
                report.PasswordUnread(reason);
            }
        }

        return client with { Password = _password };
    }
}
