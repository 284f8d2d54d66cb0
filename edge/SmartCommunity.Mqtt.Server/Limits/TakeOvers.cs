using SmartCommunity.Mqtt.Server.Connections;
using SmartCommunity.Mqtt.Server.Sessions;

namespace SmartCommunity.Mqtt.Server.Limits;

/// <summary>
/// Lets one connection at a time wait for a session that another still owns: a later one takes the place of the one that waits, as it would have taken the
/// session. A storm of one client identifier costs one waiting connection, and each newcomer a constant amount of work. Thread-safe.
/// </summary>
internal sealed class TakeOvers
{
    private readonly Dictionary<SessionKey, Connection> _waiting = [];
    private readonly Lock _lock = new();

    /// <summary>This connection is the one that waits now; whoever did so before is closed.</summary>
    public void Enter(SessionKey key, Connection connection)
    {
        Connection? before;
        lock (_lock)
        {
            _waiting.Remove(key, out before);
            _waiting.Add(key, connection);
        }

        before?.Close(CloseReason.TakenOver);
    }

    /// <summary>It waits no more.</summary>
    public void Leave(SessionKey key, Connection connection)
    {
        lock (_lock)
        {
            if (_waiting.TryGetValue(key, out var waiting) && ReferenceEquals(waiting, connection)) _waiting.Remove(key);
        }
    }
}
