using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Persistence;
using SmartCommunity.Mqtt.Server.Routing;

namespace SmartCommunity.Mqtt.Server.Sessions;

/// <summary>
/// Writes down what happens to one lasting session. Each method answers the position at which it is on disk. Calls about the same thing come in the
/// order of the changes, under the lock of whoever owns it.
/// </summary>
internal sealed class SessionTrail(StateStore store, long number)
{
    /// <summary>The session's number in the records; never given to another.</summary>
    public long Number => number;

    public long DurableThrough => store.DurableThrough;

    public ValueTask WaitUntilDurableAsync(long position, CancellationToken cancellationToken = default) =>
        store.WaitUntilDurableAsync(position, cancellationToken);

    public long Opened(ClientIdentity identity, TimeSpan expiry) => store.Append(StateRecords.Opened(number, identity, expiry));

    public long Attached(ClientIdentity identity, TimeSpan expiry) => store.Append(StateRecords.Attached(number, identity, expiry));

    public long Left(TimeSpan expiry, DateTimeOffset expiresAt) => store.Append(StateRecords.Left(number, expiry, expiresAt));

    /// <summary>The session is over, and these messages of shared subscriptions have gone to lasting sessions.</summary>
    public long Ended(IReadOnlyList<Inheritance> heirs)
    {
        var record = StateRecords.Ended(number);
        foreach (var heir in heirs) record.Heir(heir);
        return store.Append(record);
    }

    public long Subscribed(Subscription subscription) => store.Append(StateRecords.Subscribed(number, subscription));

    public long Unsubscribed(Subscription subscription) => store.Append(StateRecords.Unsubscribed(number, subscription.Number));

    public long Sent(ushort packetId, in Delivery delivery, bool wasRetained) => store.Append(wasRetained
        ? StateRecords.RetainedSent(number, packetId, delivery.Message.Number, new StoredDelivery(delivery.Qos, delivery.Retain, 0, delivery.SubscriptionIds))
        : StateRecords.Sent(number, packetId, delivery.Message.Number));

    public long Received(ushort packetId) => store.Append(StateRecords.OfPacket(StateRecordKind.Received, number, packetId));

    public long Completed(ushort packetId) => store.Append(StateRecords.OfPacket(StateRecordKind.Completed, number, packetId));

    public void Dropped(in Delivery delivery)
    {
        if (delivery.Qos != QualityOfService.AtMostOnce) store.Append(StateRecords.Dropped(number, delivery.Message.Number));
    }

    public long IdReceived(ushort packetId, long position) => store.Append(StateRecords.IdReceived(number, packetId, position));

    public long IdReleased(ushort packetId) => store.Append(StateRecords.OfPacket(StateRecordKind.IdReleased, number, packetId));

    public long WillDelayed(Packets.WillMessage will, DateTimeOffset dueAt, TimeSpan delay) =>
        store.Append(StateRecords.WillDelayed(number, dueAt, delay).Message(StateRecords.AsMessage(will)));

    public long WillGone() => store.Append(StateRecords.WillGone(number));
}
