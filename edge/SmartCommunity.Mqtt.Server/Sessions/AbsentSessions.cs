namespace SmartCommunity.Mqtt.Server.Sessions;

/// <summary>
/// The sessions whose clients are away, in the order in which they left, in all and per account. Not thread-safe.
/// </summary>
internal sealed class AbsentSessions
{
    private readonly LinkedList<Session> _all = [];
    private readonly Dictionary<string, LinkedList<Session>> _byAccount = new(StringComparer.Ordinal);

    /// <summary>The one that has been away longest; null when there is none.</summary>
    public Session? Oldest => _all.First?.Value;

    public void Add(Session session, ITimer expiry)
    {
        if (!_byAccount.TryGetValue(session.Key.Name, out var account)) _byAccount.Add(session.Key.Name, account = []);
        session.Absence = new AbsentPlace(_all.AddLast(session), account.AddLast(session), expiry);
    }

    /// <summary>The session that has been away longest of an account which has more than so many.</summary>
    public Session? OldestBeyond(string account, int most) =>
        _byAccount.TryGetValue(account, out var sessions) && sessions.Count > most ? sessions.First!.Value : null;

    public void Remove(Session session)
    {
        if (session.Absence is not { } place) return;
        session.Absence = null;
        place.Expiry.Dispose();
        _all.Remove(place.All);
        var account = place.Account.List!;
        account.Remove(place.Account);
        if (account.Count == 0) _byAccount.Remove(session.Key.Name);
    }
}

/// <summary>Where a session stands among the absent ones.</summary>
/// <param name="All">Among all.</param>
/// <param name="Account">Among those of its account.</param>
/// <param name="Expiry">Ends the session.</param>
internal sealed record AbsentPlace(LinkedListNode<Session> All, LinkedListNode<Session> Account, ITimer Expiry);
