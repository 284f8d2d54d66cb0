using SmartCommunity.Mqtt.Server.Connections;
using SmartCommunity.Mqtt.Server.Routing;

namespace SmartCommunity.Mqtt.Server.Sessions;

/// <summary>All sessions by key: attaching a connection, taking over, expiry, and what goes when there are too many. Thread-safe.</summary>
internal sealed class SessionRegistry(SessionContext context, Router router)
{
    private readonly Dictionary<SessionKey, Session> _sessions = [];
    private readonly AbsentSessions _absent = new();
    private readonly Lock _lock = new();
    private MqttServerOptions Options => context.Options;

    public int Count
    {
        get
        {
            lock (_lock) return _sessions.Count;
        }
    }

    /// <summary>All sessions; a snapshot.</summary>
    public IReadOnlyList<Session> All
    {
        get
        {
            lock (_lock) return [.. _sessions.Values];
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
    /// <exception cref="IOException">The end of the old session can not be made durable.</exception>
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
                if (old is null && found is not null && cleanStart) Forget(ended = found);
                else if (old is null && found is null && IsFull(out ended)) return null;
                else if (old is null && ended is null)
                    attached = (Attach(found ?? Add(key, identity, expiry), connection, identity, expiry), found is not null);
            }

            // Were the end lost in a crash, the identifiers of the old session would swallow messages of the new one.
            if (ended is not null && Finish(ended) is var position and > 0) await context.Store!.WaitUntilDurableAsync(position, cancellationToken);
            if (attached is not null) return attached;
            if (old is null) continue;
            old.Close(CloseReason.TakenOver);
            await old.Completion.WaitAsync(Options.TakeOverTimeout, context.Time, cancellationToken);
        }
    }

    /// <summary>The connection ended: the session waits for the client, or ends too.</summary>
    public void Detach(Session session)
    {
        var ends = session.Expiry <= TimeSpan.Zero;
        Session? tooMany = null;
        lock (_lock)
        {
            session.Owner = null;
            if (!ends)
            {
                session.Trail?.Left(session.Expiry, context.Time.GetUtcNow() + session.Expiry);
                Leave(session, session.Expiry);
                tooMany = _absent.OldestBeyond(session.Key.Name, Options.MaxAbsentSessionsPerAccount);
            }

            if (ends) Forget(session);
            if (tooMany is not null) Forget(tooMany);
        }

        if (ends) Finish(session);
        else session.Outgoing.Detach();
        if (tooMany is not null) Finish(tooMany);
    }

    /// <summary>Ends the sessions of an account that have no connection.</summary>
    public void Forget(string account)
    {
        List<Session> gone;
        lock (_lock)
        {
            gone = [.. _sessions.Values.Where(s => s.Owner is null && s.Key.Name == account)];
            foreach (var session in gone) Forget(session);
        }

        foreach (var session in gone)
        {
            WillPublisher.Cancel(session);
            Finish(session);
        }
    }

    /// <summary>Puts a session back that was there before a restart; its client is away.</summary>
    /// <param name="session">The session, with its subscriptions.</param>
    /// <param name="remaining">How long it is kept from now on; infinite when the caller ends it.</param>
    public void Restore(Session session, TimeSpan remaining)
    {
        foreach (var subscription in session.Subscriptions.All) router.Add(subscription);
        lock (_lock)
        {
            _sessions[session.Key] = session;
            Leave(session, remaining);
        }
    }

    /// <summary>Makes a session without a connection; in a lasting one, everything that happens to it is written down from here on.</summary>
    internal Session Add(SessionKey key, ClientIdentity identity, TimeSpan expiry)
    {
        var trail = context.Store is { } store && expiry > TimeSpan.Zero ? new SessionTrail(store, store.NextSession()) : null;
        trail?.Opened(identity, expiry);
        var session = new Session(key, identity, context, trail) { Expiry = expiry };
        lock (_lock) _sessions.Add(key, session);
        return session;
    }

    private Session Attach(Session session, Connection connection, ClientIdentity identity, TimeSpan expiry)
    {
        _absent.Remove(session);
        session.Identity = identity;
        session.Expiry = expiry;
        session.Owner = connection;
        session.Trail?.Attached(identity, expiry);
        return session;
    }

    // There is room again when the session that has been away longest is given up; otherwise nobody new gets in.
    private bool IsFull(out Session? givenUp)
    {
        givenUp = null;
        if (_sessions.Count < Options.MaxSessions) return false;
        if (!Options.EndAbsentSessionsWhenFull || _absent.Oldest is not { } oldest) return true;
        Forget(givenUp = oldest);
        context.Metrics.SessionsGivenUp.Add(1);
        return false;
    }

    private void Leave(Session session, TimeSpan remaining) => _absent.Add(
        session, context.Time.CreateTimer(ExpiryState.Run, new ExpiryState(this, session), remaining, Timeout.InfiniteTimeSpan));

    /// <summary>Ends a session whose client is away.</summary>
    public void Expire(Session session)
    {
        lock (_lock)
        {
            // The client may have come back while the timer was firing.
            if (session.Owner is not null || session.Absence is null || !IsCurrent(session)) return;
            Forget(session);
        }

        Finish(session);
    }

    private bool IsCurrent(Session session) => _sessions.TryGetValue(session.Key, out var current) && ReferenceEquals(current, session);

    private void Forget(Session session)
    {
        if (IsCurrent(session)) _sessions.Remove(session.Key);
        _absent.Remove(session);
    }

    private long Finish(Session session)
    {
        foreach (var subscription in session.Subscriptions.All) router.Remove(subscription);
        var position = router.HandOver(session, session.End());
        if (session.PendingWill is not null) WillIsDue?.Invoke(session);
        return position;
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
