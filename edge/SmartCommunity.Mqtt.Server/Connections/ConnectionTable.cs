using System.Collections.Concurrent;

namespace SmartCommunity.Mqtt.Server.Connections;

/// <summary>The open connections by number. Thread-safe.</summary>
internal sealed class ConnectionTable
{
    private readonly ConcurrentDictionary<long, Connection> _open = new();
    private long _last;

    public int Count => _open.Count;

    /// <summary>Gives a connection its number; no two have the same, and later ones have higher ones.</summary>
    public long NextNumber() => Interlocked.Increment(ref _last);

    public void Add(Connection connection) => _open[connection.Number] = connection;

    public void Remove(Connection connection) => _open.TryRemove(connection.Number, out _);

    public Connection[] Where(Func<Connection, bool> which) => [.. from entry in _open where which(entry.Value) select entry.Value];

    /// <summary>Connections that have signed in, by number.</summary>
    /// <param name="after">Those with higher numbers only.</param>
    /// <param name="limit">So many at most.</param>
    public IReadOnlyList<ConnectionInfo> List(long after, int limit) =>
        [.. (from entry in _open where entry.Key > after && entry.Value.Client is not null orderby entry.Key select Describe(entry.Value)).Take(limit)];

    private static ConnectionInfo Describe(Connection connection)
    {
        var client = connection.Client!;
        return new ConnectionInfo(
            client.Identity.ClientId,
            client.Identity.Name,
            client.Identity.Kind,
            connection.RemoteAddress,
            client.Version,
            connection.Since,
            connection.MessagesIn,
            connection.Writer.MessagesOut,
            client.Session.Outgoing.Count)
        {
            Number = connection.Number,
            SessionExpiry = client.Session.Expiry,
            Transport = connection.Transport.Kind,
            Credential = client.Identity.Credential,
            CertificateSubject = connection.Transport.Certificate?.Subject,
            BytesIn = connection.BytesIn,
            BytesOut = connection.Writer.BytesOut,
            LastPacketAt = connection.LastReadAt,
            KeepAlive = connection.KeepAlive,
            InFlight = client.Session.Outgoing.InFlight,
            Unacknowledged = connection.Unacknowledged,
            IsHeldBack = connection.IsHeldBack,
        };
    }
}
