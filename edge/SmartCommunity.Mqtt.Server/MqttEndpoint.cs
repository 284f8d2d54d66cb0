using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;
using SmartCommunity.Journal;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Connections;
using SmartCommunity.Mqtt.Server.Diagnostics;
using SmartCommunity.Mqtt.Server.Limits;
using SmartCommunity.Mqtt.Server.Persistence;
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
    private readonly StateRestorer? _state;
    private readonly Lock _openLock = new();
    private Task? _opening;
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
        var store = options.StateFolder is { } folder ? new StateStore(() => new FolderStorage(folder), folder, options, time, logger) : null;
        var router = new Router(new RetainedStore(options, time, metrics, store), time, store);
        var context = new SessionContext(options, time, metrics, store);
        var sessions = new SessionRegistry(context, router);
        var wills = new WillPublisher(receiver, authorizer, router, time, log, options);
        var limits = new ServerLimits(options, time, logger, metrics);
        sessions.WillIsDue = wills.PublishDue;
        _parts = new ServerParts(options, receiver, authenticator, authorizer, router, sessions, wills, time, metrics, log, limits) { Store = store };
        _state = store is null ? null : new StateRestorer(store, context, sessions, router, wills, authorizer, receiver, logger);
        _opening = store is null ? Task.CompletedTask : null;
        metrics.Observe("mqtt.server.connections", "{connection}", "open connections", () => limits.Admission.Connections);
        metrics.Observe("mqtt.server.connections.unauthenticated", "{connection}", "open connections that have not signed in", () => limits.Admission.Unauthenticated);
        metrics.Observe("mqtt.server.addresses", "{address}", "addresses that are remembered", () => limits.Admission.Addresses);
        metrics.Observe("mqtt.server.sessions", "{session}", "sessions, connected or not", () => sessions.Count);
        metrics.Observe("mqtt.server.subscriptions", "{subscription}", "subscriptions of all sessions", () => router.SubscriptionCount);
        metrics.Observe("mqtt.server.retained", "{message}", "retained messages", () => router.Retained.Count);
        metrics.Observe("mqtt.server.retained.size", "By", "retained messages with their topics", () => router.Retained.Bytes);
        metrics.Observe("mqtt.server.queued.size", "By", "messages that wait for clients or are in flight", () => context.Budget.Used);
        metrics.Observe("mqtt.server.state.pending", "By", "state of sessions that is not on disk yet", () => store?.PendingBytes ?? 0);
    }

    /// <summary>The limits in use.</summary>
    public MqttServerOptions Options => _parts.Options;

    /// <summary>The signed-in connections, oldest first; a snapshot.</summary>
    public IReadOnlyList<ConnectionInfo> Connections => ListConnections(after: 0, int.MaxValue);

    /// <summary>Connections that are being served, signed in or not.</summary>
    internal int OpenSockets => _connections.Count;

    /// <summary>One page of the signed-in connections, oldest first.</summary>
    /// <param name="after">The <see cref="ConnectionInfo.Number"/> of the last one of the page before; 0 for the first page.</param>
    /// <param name="limit">How many at most.</param>
    public IReadOnlyList<ConnectionInfo> ListConnections(long after, int limit) => _connections.List(after, limit);

    /// <summary>
    /// Restores what <see cref="MqttServerOptions.StateFolder"/> holds: sessions with their queues, and retained messages. Connections are not served before
    /// that, so a host awaits it before it listens; AddMqttServer registers a hosted service that does. It may be called any number of times; without a state
    /// folder there is nothing to do.
    /// </summary>
    /// <exception cref="IOException">The folder can not be used, or another process uses it.</exception>
    public Task OpenAsync(CancellationToken cancellationToken = default)
    {
        lock (_openLock) _opening ??= Task.Run(_state!.Restore);
        return _opening.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Forgets a device or account that is gone: closes its connections (reason code 0x98) without their wills, and ends its sessions with their
    /// subscriptions, queued messages, delayed wills and everything of them on disk. Make the authenticator refuse it first.
    /// </summary>
    /// <returns>How many sessions ended; that is on disk then.</returns>
    /// <exception cref="IOException">It can not be brought to the disk.</exception>
    public async Task<int> ForgetAccountAsync(string name, CancellationToken cancellationToken = default)
    {
        await OpenAsync(cancellationToken);
        var before = _parts.Sessions.All.Count(s => s.Key.Name == name);
        await CloseAsync(c => c.Client?.Identity.Name == name, CloseReason.Revoked, cancellationToken);
        _parts.Sessions.Forget(name);
        if (_parts.Store is { } store) await store.WaitUntilDurableAsync(store.LastPosition, cancellationToken);
        return before;
    }

    /// <summary>
    /// Asks the topic rules again about the subscriptions of a device or account, after they have changed. Those that are not allowed any more go, together
    /// with the messages that only they brought and that wait or are in flight.
    /// </summary>
    /// <param name="name">The device or account; null for all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many subscriptions went; that is on disk then.</returns>
    /// <exception cref="IOException">It can not be brought to the disk.</exception>
    public async Task<int> ReauthorizeAsync(string? name = null, CancellationToken cancellationToken = default)
    {
        await OpenAsync(cancellationToken);
        var check = new SubscriptionCheck(_parts.Authorizer, _parts.Router);
        foreach (var session in _parts.Sessions.All.Where(s => name is null || s.Key.Name == name)) check.Run(session);
        if (check.Position > 0) await _parts.Store!.WaitUntilDurableAsync(check.Position, cancellationToken);
        return check.Removed;
    }

    /// <summary>The topics under a filter that have a retained message.</summary>
    /// <param name="filter">A valid topic filter, not a shared one.</param>
    public IReadOnlyList<string> ListRetained(string filter) => [.. _parts.Router.Retained.Match(filter).Select(m => m.Topic)];

    /// <summary>
    /// Publishes a message of the endpoint's own to subscribers, and keeps it when <paramref name="retain"/> is set (an empty payload forgets it
    /// [MQTT-3.3.1-6]). It does not pass the receiver. It completes when what has to survive a restart is on disk: the message in the queues of lasting
    /// sessions, and the retained message.
    /// </summary>
    /// <param name="topic">A valid topic name.</param>
    /// <param name="payload">The payload; copied before the task completes.</param>
    /// <param name="qos">At which QoS; subscribers may get less, as they asked.</param>
    /// <param name="retain">Whether new subscribers get it too.</param>
    /// <param name="properties">MQTT 5 properties, or null.</param>
    /// <exception cref="ArgumentException">The topic is not valid.</exception>
    /// <exception cref="IOException">It was delivered, but can not be brought to the disk.</exception>
    public async ValueTask PublishAsync(
        string topic,
        ReadOnlyMemory<byte> payload,
        QualityOfService qos = QualityOfService.AtLeastOnce,
        bool retain = false,
        PublishProperties? properties = null)
    {
        var name = TopicName.Create(topic);
        if (_opening is not { IsCompletedSuccessfully: true }) await OpenAsync();
        var published = _parts.Router.Publish(name, payload.Span, qos, retain, properties, publisher: null);
        if (published.Position > 0) await _parts.Store!.WaitUntilDurableAsync(published.Position, CancellationToken.None);
    }

    /// <summary>Closes the connections of a client identifier (reason code 0x98), and waits until they are gone.</summary>
    /// <returns>Whether there was one.</returns>
    public Task<bool> DisconnectAsync(string clientId, CancellationToken cancellationToken = default) =>
        CloseAsync(c => c.Client?.Identity.ClientId == clientId, CloseReason.Administrative, cancellationToken);

    /// <summary>Closes the connection of one client of a device or account (reason code 0x98), and waits until it is gone.</summary>
    /// <returns>Whether there was one.</returns>
    public Task<bool> DisconnectClientAsync(string name, string clientId, CancellationToken cancellationToken = default) => CloseAsync(
        c => c.Client is { } client && client.Identity.ClientId == clientId && client.Identity.Name == name, CloseReason.Administrative, cancellationToken);

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
        using var ticket = transport.Features.Get<AdmissionTicket>() ?? Admit(transport.RemoteEndPoint);
        if (ticket is { Refusal: not null, MayBeTold: false }) return;
        if (_opening is not { IsCompletedSuccessfully: true }) await OpenAsync(transport.ConnectionClosed);
        var connection = new Connection(_parts, transport, ticket, _connections.NextNumber());
        try
        {
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
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _parts.Limits.Dispose();
        _parts.Router.Retained.Dispose();
        _parts.Store?.Dispose();
        _parts.Metrics.Dispose();
    }

    /// <summary>Asks the limits about a socket before anything is read from it; for transports with a handshake of their own.</summary>
    internal AdmissionTicket Admit(EndPoint? remote)
    {
        var ticket = _parts.Limits.Admission.Admit(remote);
        if (ticket.Refusal is null) _parts.Metrics.Accepted.Add(1);
        else if (!ticket.MayBeTold) _parts.Metrics.Refused.Add(1, ServerMetrics.Reason(ticket.Reason));
        return ticket;
    }

    private void Report(Connection connection)
    {
        var reason = connection.CloseReason!;
        _parts.Metrics.Closed.Add(1, new KeyValuePair<string, object?>("cause", reason.Cause.ToString()));
        if (LimitOf(connection, reason) is { } limit) _parts.Limits.Reached(limit, connection.ClientName, reason.Message);
        if (reason.Cause is CloseCause.ClientDisconnected or CloseCause.ClientGone or CloseCause.Refused) return;
        _parts.Log.Closed(connection.RemoteAddress, connection.Client?.Identity.ClientId ?? "", reason);
    }

    // The limits that the packet reader and the protocol keep themselves.
    private static Limit? LimitOf(Connection connection, CloseReason reason) => (reason.Cause, reason.Code) switch
    {
        (CloseCause.ProtocolViolation, ReasonCode.PacketTooLarge) => connection.Client is null ? Limit.PacketSizeBeforeSignIn : Limit.PacketSize,
        (CloseCause.ProtocolViolation, ReasonCode.ReceiveMaximumExceeded) => Limit.ReceiveMaximum,
        (CloseCause.ProtocolViolation, ReasonCode.TopicAliasInvalid) => Limit.TopicAliases,
        (CloseCause.ProtocolViolation, ReasonCode.QuotaExceeded) => Limit.PacketContent,
        _ => null,
    };

    private async Task<bool> CloseAsync(Func<Connection, bool> which, CloseReason reason, CancellationToken cancellationToken)
    {
        var chosen = _connections.Where(which);
        foreach (var connection in chosen) connection.Close(reason);
        await Task.WhenAll(chosen.Select(c => c.Completion)).WaitAsync(cancellationToken);
        return chosen.Length > 0;
    }
}
