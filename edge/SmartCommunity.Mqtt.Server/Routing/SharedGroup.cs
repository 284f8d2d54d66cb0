using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Sessions;

namespace SmartCommunity.Mqtt.Server.Routing;

/// <summary>
/// The members of one shared subscription (MQTT 5.0 section 4.8.2): each message goes to one of them. They take turns; one that is ready comes before one
/// that is busy, that before one that is away, and a full queue comes last. Members are replaced as a whole, so that choosing takes no lock.
/// </summary>
internal sealed class SharedGroup(string name, string topicFilter) : IEquatable<SharedGroup>
{
    private Subscription[] _members = [];
    private uint _turn;

    public string Name => name;

    public string TopicFilter => topicFilter;

    public bool IsEmpty => _members.Length == 0;

    /// <summary>Adds a member, or replaces its subscription. The caller serialises.</summary>
    /// <returns>Whether it is new.</returns>
    public bool Add(Subscription member)
    {
        var known = Array.IndexOf(_members, member);
        if (known < 0)
        {
            _members = [.. _members, member];
            return true;
        }

        var members = _members.ToArray();
        members[known] = member;
        _members = members;
        return false;
    }

    /// <summary>Removes a member. The caller serialises.</summary>
    public bool Remove(Subscription member)
    {
        var known = Array.IndexOf(_members, member);
        if (known >= 0) _members = [.. _members.Where((_, i) => i != known)];
        return known >= 0;
    }

    /// <summary>Whose turn it is; null when nobody can take the message.</summary>
    public PlannedDelivery? Choose(Message message)
    {
        var members = Volatile.Read(ref _members);
        if (members.Length == 0) return null;
        var turn = Interlocked.Increment(ref _turn);
        Subscription? best = null;
        var bestReadiness = Readiness.AbsentAndFull;
        for (var i = 0; i < members.Length; i++)
        {
            var member = members[(int)((turn + (uint)i) % (uint)members.Length)];
            var readiness = member.Session.Outgoing.Readiness;
            if (readiness is Readiness.Absent or Readiness.AbsentAndFull && QosFor(member, message) == QualityOfService.AtMostOnce) continue;
            if (best is not null && readiness >= bestReadiness) continue;
            (best, bestReadiness) = (member, readiness);
            if (readiness == Readiness.Ready) break;
        }

        if (best is null) return null;
        var delivery = new Delivery(message, QosFor(best, message), message.Retain && best.RetainAsPublished, best.Identifiers, best);
        return new PlannedDelivery(best.Session, delivery);
    }

    public bool Equals(SharedGroup? other) => other is not null && other.Name == name && other.TopicFilter == topicFilter;

    public override bool Equals(object? obj) => Equals(obj as SharedGroup);

    public override int GetHashCode() => HashCode.Combine(name, topicFilter);

    private static QualityOfService QosFor(Subscription member, Message message) => message.Qos < member.MaximumQos ? message.Qos : member.MaximumQos;
}
