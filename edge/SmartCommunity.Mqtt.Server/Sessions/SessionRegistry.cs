using SmartCommunity.Mqtt.Server.Connections;
using SmartCommunity.Mqtt.Server.Diagnostics;
using SmartCommunity.Mqtt.Server.Routing;

namespace SmartCommunity.Mqtt.Server.Sessions;

/// <summary>All sessions by key: attaching a connection, taking over, expiry. Thread-safe.</summary>
internal sealed class SessionRegistry(MqttServerOptions options, Router router, TimeProvider time, ServerMetrics metrics)
{
    private readonly Dictionary<SessionKey, Session> _sessions = [];
    private readonly Lock _lock = new();

    public int Count
    {
        get
        {
            lock (_lock) return _sessions.Count;
        }
    }

    /// <summary>Called with a session that ended while its delayed will was still waiting.</summary>
    public Action<Session>? WillIsDue { get; set; }

    /// <summary>
    /// Makes the connection the owner of its client's session. A connection that owns it is closed first, and has let go of it, its will included,
    /// when this returns [MQTT-3.1.4-3].
    /// </summary>
    /// <returns>The session and whether it was there before; null when the limit of sessions is reached.</returns>
    /// <exception cref="TimeoutException">The old connection did not let go in time.</exception>
    public async ValueTask<(Session Session, bool Present)?> AttachAsync(
        Connection connection, ClientIdentity identity, bool cleanStart, TimeSpan expiry, CancellationToken cancellationToken)
    {
        while (true)
        {
            Session? ended = null;
            Connection? old;
            (Session, bool)? attached = null;
            lock (_lock)
            {
                var key = SessionKey.Of(identity);
                var found = _sessions.GetValueOrDefault(key);
                old = found?.Owner;
                if (old is null)
                {
                    if (found is not null && cleanStart) Forget(ended = found);
                    attached = Attach(cleanStart ? null : found, key, connection, identity, expiry);
                }
            }

            if (ended is not null) Finish(ended);
            if (old is null) return attached;
            old.Close(CloseReason.TakenOver);
            await old.Completion.WaitAsync(options.TakeOverTimeout, time, cancellationToken);
        }
    }

    /// <summary>The connection ended: the session waits for the client, or ends too.</summary>
    public void Detach(Session session)
    {
        var ends = session.Expiry <= TimeSpan.Zero;
        lock (_lock)
        {
            session.Owner = null;
            if (ends) Forget(session);
            else session.ExpiryTimer = time.CreateTimer(ExpiryState.Run, new ExpiryState(this, session), session.Expiry, Timeout.InfiniteTimeSpan);
        }

        if (ends) Finish(session);
        else session.Outgoing.Detach();
    }

    private (Session Session, bool Present)? Attach(Session? found, SessionKey key, Connection connection, ClientIdentity identity, TimeSpan expiry)
    {
        var session = found;
        if (session is null)
        {
            if (_sessions.Count >= options.MaxSessions) return null;
            session = new Session(key, identity, options, metrics);
            _sessions.Add(key, session);
        }

        session.ExpiryTimer?.Dispose();
        session.ExpiryTimer = null;
        session.Identity = identity;
        session.Expiry = expiry;
        session.Owner = connection;
        return (session, found is not null);
    }

    private void Expire(Session session)
    {
        lock (_lock)
        {
            // The client may have come back while the timer was firing.
            if (session.Owner is not null || session.ExpiryTimer is null || !IsCurrent(session)) return;
            Forget(session);
        }

        Finish(session);
    }

    private bool IsCurrent(Session session) => _sessions.TryGetValue(session.Key, out var current) && ReferenceEquals(current, session);

    private void Forget(Session session)
    {
        if (IsCurrent(session)) _sessions.Remove(session.Key);
        session.ExpiryTimer?.Dispose();
        session.ExpiryTimer = null;
    }

    private void Finish(Session session)
    {
        session.End();
        foreach (var subscription in session.Subscriptions.Values) router.Remove(subscription);
        if (session.PendingWill is not null) WillIsDue?.Invoke(session);
    }

    private sealed record ExpiryState(SessionRegistry Registry, Session Session)
    {
        public static void Run(object? state)
        {
            var (registry, session) = (ExpiryState)state!;
            registry.Expire(session);
        }
    }
}
