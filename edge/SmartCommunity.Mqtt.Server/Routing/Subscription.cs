using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Sessions;
using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Mqtt.Server.Routing;

/// <summary>One filter of one session. Equal to any other of the same session, since a node of the tree holds one filter only.</summary>
internal sealed class Subscription : IEquatable<Subscription>
{
    private readonly Session _session;
    private readonly SubscriptionRequest _request;

    public Subscription(Session session, SubscriptionRequest request, int? identifier)
    {
        _session = session;
        _request = request;
        Identifiers = identifier is { } id ? [id] : null;
        if (!SharedFilter.TryParse(request.Filter, out var shared)) shared = new SharedFilter("", request.Filter);
        (ShareName, TopicFilter) = (shared.ShareName, shared.Filter);
    }

    public Session Session => _session;

    /// <summary>The filter as the client wrote it; it names the subscription within its session.</summary>
    public string Filter => _request.Filter;

    /// <summary>The filter that topics are matched with: without the share name.</summary>
    public string TopicFilter { get; }

    /// <summary>The group of a shared subscription (MQTT 5.0 section 4.8.2); empty for one of its own.</summary>
    public string ShareName { get; }

    public bool IsShared => ShareName.Length > 0;

    public QualityOfService MaximumQos => _request.MaximumQos;

    public bool NoLocal => _request.NoLocal;

    public bool RetainAsPublished => _request.RetainAsPublished;

    /// <summary>The options as they are written down: QoS (bits 0-1), No Local (2), Retain As Published (3).</summary>
    public byte Options => (byte)((int)MaximumQos | (NoLocal ? 4 : 0) | (RetainAsPublished ? 8 : 0));

    /// <summary>The subscription identifier as an array, ready for a delivery; null when there is none.</summary>
    public int[]? Identifiers { get; }

    /// <summary>Its number in the records of a lasting session; 0 otherwise.</summary>
    public long Number { get; init; }

    /// <summary>The request that options as they are written down stand for.</summary>
    public static SubscriptionRequest RequestOf(string filter, byte options) =>
        new(filter, (QualityOfService)(options & 3), (options & 4) != 0, (options & 8) != 0);

    public bool Equals(Subscription? other) => other is not null && ReferenceEquals(other._session, _session);

    public override bool Equals(object? obj) => Equals(obj as Subscription);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(_session);
}
