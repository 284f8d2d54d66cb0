using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Sessions;

namespace SmartCommunity.Mqtt.Server.Routing;

/// <summary>One filter of one session. Equal to any other of the same session, since a node of the tree holds one filter only.</summary>
internal sealed class Subscription(Session session, SubscriptionRequest request, int? identifier) : IEquatable<Subscription>
{
    public Session Session => session;

    public string Filter => request.Filter;

    public QualityOfService MaximumQos => request.MaximumQos;

    public bool NoLocal => request.NoLocal;

    public bool RetainAsPublished => request.RetainAsPublished;

    /// <summary>The subscription identifier as an array, ready for a delivery; null when there is none.</summary>
    public int[]? Identifiers { get; } = identifier is { } id ? [id] : null;

    public bool Equals(Subscription? other) => other is not null && ReferenceEquals(other.Session, session);

    public override bool Equals(object? obj) => Equals(obj as Subscription);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(session);
}
