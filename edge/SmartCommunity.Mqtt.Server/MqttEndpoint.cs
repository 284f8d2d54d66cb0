using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Connections;
using SmartCommunity.Mqtt.Server.Diagnostics;
using SmartCommunity.Mqtt.Server.Ports;
using SmartCommunity.Mqtt.Server.Routing;
using SmartCommunity.Mqtt.Server.Sessions;
using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Mqtt.Server;

/// <summary>
/// The MQTT server: devices connect to it over any transport that Kestrel carries, and what they publish goes to <see cref="IPublishReceiver"/> and
/// to subscribers. One per process; thread-safe.
/// </summary>
public sealed class MqttEndpoint : IDisposable
{
    private readonly ConnectionTable _connections = new();
    private readonly ServerParts _parts;
    private int _count;
    private volatile bool _stopping;

    /// <summary>Makes the endpoint; nothing listens until a transport hands it connections.</summary>
    /// <exception cref="ArgumentException">A limit makes no sense; the message names every one of them.</exception>
    public MqttEndpoint(
        MqttServerOptions options,
        IPublishReceiver receiver,
        IClientAuthenticator authenticator,
        ITopicAuthorizer authorizer,
        TimeProvider time,
        ILogger<MqttEndpoint> logger,
        IMeterFactory? meters = null)
    {
        if (options.Validate() is { Count: > 0 } errors) throw new ArgumentException(string.Join(' ', errors), nameof(options));
        var metrics = new ServerMetrics(meters);
        var log = new ServerLog(logger, time, options);
        var router = new Router(new RetainedStore(options, time), time, metrics);
        var sessions = new SessionRegistry(options, router, time, metrics);
        var wills = new WillPublisher(receiver, authorizer, router, time, log);
        sessions.WillIsDue = wills.PublishDue;
        _parts = new ServerParts(options, receiver, authenticator, authorizer, router, sessions, wills, time, metrics, log);
        metrics.Observe("mqtt.server.connections", "{connection}", "open connections", () => _count);
        metrics.Observe("mqtt.server.sessions", "{session}", "sessions, connected or not", () => sessions.Count);
        metrics.Observe("mqtt.server.subscriptions", "{subscription}", "subscriptions of all sessions", () => router.SubscriptionCount);
        metrics.Observe("mqtt.server.retained", "{message}", "retained messages", () => router.Retained.Count);
    }

    /// <summary>The limits in use.</summary>
    public MqttServerOptions Options => _parts.Options;

    /// <summary>The signed-in connections, oldest first; a snapshot.</summary>
    public IReadOnlyList<ConnectionInfo> Connections => ListConnections(after: 0, int.MaxValue);

    /// <summary>One page of the signed-in connections, oldest first.</summary>
    /// <param name="after">The <see cref="ConnectionInfo.Number"/> of the last one of the page before; 0 for the first page.</param>
    /// <param name="limit">How many at most.</param>
    public IReadOnlyList<ConnectionInfo> ListConnections(long after, int limit) => _connections.List(after, limit);

    /// <summary>
    /// Publishes a message of the endpoint's own to subscribers, and keeps it when <paramref name="retain"/> is set (an empty payload forgets it
    /// [MQTT-3.3.1-6]). It does not pass the receiver.
    /// </summary>
    /// <param name="topic">A valid topic name.</param>
    /// <param name="payload">The payload; copied before the task completes.</param>
    /// <param name="qos">At which QoS; subscribers may get less, as they asked.</param>
    /// <param name="retain">Whether new subscribers get it too.</param>
    /// <param name="properties">MQTT 5 properties, or null.</param>
    /// <exception cref="ArgumentException">The topic is not valid.</exception>
    public ValueTask PublishAsync(
        string topic,
        ReadOnlyMemory<byte> payload,
        QualityOfService qos = QualityOfService.AtLeastOnce,
        bool retain = false,
        PublishProperties? properties = null)
    {
        _parts.Router.Publish(TopicName.Create(topic), payload.Span, qos, retain, properties, publisher: null);
        return default;
    }

    /// <summary>Closes the connections of a client identifier (reason code 0x98), and waits until they are gone.</summary>
    /// <returns>Whether there was one.</returns>
    public Task<bool> DisconnectAsync(string clientId, CancellationToken cancellationToken = default) =>
        CloseAsync(c => c.Client?.Identity.ClientId == clientId, CloseReason.Administrative, cancellationToken);

    /// <summary>Closes all connections of a device or account (reason code 0x98), for example because its token was revoked.</summary>
    /// <returns>Whether there was one.</returns>
    public Task<bool> DisconnectAccountAsync(string name, CancellationToken cancellationToken = default) =>
        CloseAsync(c => c.Client?.Identity.Name == name, CloseReason.Administrative, cancellationToken);

    /// <summary>Closes all connections that signed in with one token or certificate (reason code 0x98), for example because it was revoked.</summary>
    /// <param name="credential">As in <see cref="ClientIdentity.Credential"/>.</param>
    /// <param name="cancellationToken">Stops the waiting, not the closing.</param>
    /// <returns>Whether there was one.</returns>
    public Task<bool> DisconnectCredentialAsync(string credential, CancellationToken cancellationToken = default) =>
        CloseAsync(c => c.Client?.Identity.Credential == credential, CloseReason.Administrative, cancellationToken);

    /// <summary>Takes no new connections, says goodbye to all (reason code 0x8B), and waits until they are gone.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default)
    {
        _stopping = true;
        return CloseAsync(_ => true, CloseReason.ShuttingDown, cancellationToken);
    }

    /// <summary>Serves one connection until it ends. Called by the transport.</summary>
    /// <param name="transport">The connection; the caller disposes it afterwards.</param>
    public async Task ServeAsync(ConnectionContext transport)
    {
        if (_stopping) return;
        var connection = new Connection(_parts, transport, _connections.NextNumber());
        try
        {
            if (Interlocked.Increment(ref _count) > Options.MaxConnections)
            {
                _parts.Metrics.Refused.Add(1, ServerMetrics.Reason(ReasonCode.ConnectionRateExceeded));
                _parts.Log.TooManyConnections(connection.RemoteAddress, Options.MaxConnections);
                return;
            }

            _parts.Metrics.Accepted.Add(1);
            _connections.Add(connection);
            await using var stopping = transport.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested
                .UnsafeRegister(static c => ((Connection)c!).Close(CloseReason.ShuttingDown), connection) ?? default;
            if (_stopping) connection.Close(CloseReason.ShuttingDown);
            await connection.RunAsync();
            Report(connection);
        }
        finally
        {
            _connections.Remove(connection);
            Interlocked.Decrement(ref _count);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _parts.Metrics.Dispose();

    private void Report(Connection connection)
    {
        var reason = connection.CloseReason!;
        _parts.Metrics.Closed.Add(1, new KeyValuePair<string, object?>("cause", reason.Cause.ToString()));
        if (reason.Cause is CloseCause.ClientDisconnected or CloseCause.ClientGone or CloseCause.Refused) return;
        _parts.Log.Closed(connection.RemoteAddress, connection.Client?.Identity.ClientId ?? "", reason);
    }

    private async Task<bool> CloseAsync(Func<Connection, bool> which, CloseReason reason, CancellationToken cancellationToken)
    {
        var chosen = _connections.Where(which);
        foreach (var connection in chosen) connection.Close(reason);
        await Task.WhenAll(chosen.Select(c => c.Completion)).WaitAsync(cancellationToken);
        return chosen.Length > 0;
    }
}
