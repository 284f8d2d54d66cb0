using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Routing;
using SmartCommunity.Mqtt.Server.Sessions;

namespace SmartCommunity.Mqtt.Server.Persistence;

/// <summary>Every record that the endpoint writes, with its grammar above it. The writer belongs to the thread: append it before the next is built.</summary>
internal static class StateRecords
{
    // SessionOpened = session name:text kind:byte clientId:text expiry:seconds
    public static RecordWriter Opened(long session, ClientIdentity identity, TimeSpan expiry) =>
        RecordWriter.Begin(StateRecordKind.SessionOpened).Number(session).Text(identity.Name).Byte((byte)identity.Kind).Text(identity.ClientId).Seconds(expiry);

    // SessionAttached = session kind:byte expiry:seconds
    public static RecordWriter Attached(long session, ClientIdentity identity, TimeSpan expiry) =>
        RecordWriter.Begin(StateRecordKind.SessionAttached).Number(session).Byte((byte)identity.Kind).Seconds(expiry);

    // SessionLeft = session expiry:seconds expiresAt:time
    public static RecordWriter Left(long session, TimeSpan expiry, DateTimeOffset expiresAt) =>
        RecordWriter.Begin(StateRecordKind.SessionLeft).Number(session).Seconds(expiry).Time(expiresAt);

    // SessionEnded = session *{ heir:session origin:message copy:message delivery }
    public static RecordWriter Ended(long session) => RecordWriter.Begin(StateRecordKind.SessionEnded).Number(session);

    public static RecordWriter Heir(this RecordWriter ended, in Inheritance heir) =>
        ended.Number(heir.Planned.Session.Number).Number(heir.Origin).Number(heir.Planned.Delivery.Message.Number).Delivery(heir.Planned.Delivery);

    // Subscribed = session subscription filter:text options:byte identifier:number
    public static RecordWriter Subscribed(long session, Subscription subscription) =>
        Subscribed(session, subscription.Number, new ImageSubscription(subscription.Filter, subscription.Options, subscription.Identifiers?[0] ?? 0));

    public static RecordWriter Subscribed(long session, long number, ImageSubscription subscription) => RecordWriter.Begin(StateRecordKind.Subscribed)
        .Number(session).Number(number).Text(subscription.Filter).Byte(subscription.Options).Number(subscription.Identifier);

    // Unsubscribed = session subscription
    public static RecordWriter Unsubscribed(long session, long number) =>
        RecordWriter.Begin(StateRecordKind.Unsubscribed).Number(session).Number(number);

    // Published = message effect:byte count:number *{ session delivery } body
    public static RecordWriter Published(Message message, byte effect, ReadOnlySpan<PlannedDelivery> targets) =>
        RecordWriter.Begin(StateRecordKind.Published).Number(message.Number).Byte(effect).Targets(targets).Message(message);

    public static RecordWriter Published(long number, byte effect, ReadOnlySpan<byte> body) =>
        RecordWriter.Begin(StateRecordKind.Published).Number(number).Byte(effect).Number(0).Raw(body);

    // Queued = message count:number *{ session delivery }
    public static RecordWriter Queued(long message, ReadOnlySpan<PlannedDelivery> targets) =>
        RecordWriter.Begin(StateRecordKind.Queued).Number(message).Targets(targets);

    public static RecordWriter Queued(long message, long session, in StoredDelivery how) =>
        RecordWriter.Begin(StateRecordKind.Queued).Number(message).Number(1).Number(session).Delivery(in how);

    // Sent = session packetId message
    public static RecordWriter Sent(long session, ushort packetId, long message) =>
        RecordWriter.Begin(StateRecordKind.Sent).Number(session).Number(packetId).Number(message);

    // RetainedSent = session packetId message delivery
    public static RecordWriter RetainedSent(long session, ushort packetId, long message, in StoredDelivery how) =>
        RecordWriter.Begin(StateRecordKind.RetainedSent).Number(session).Number(packetId).Number(message).Delivery(in how);

    // Received | Completed | IdReleased = session packetId
    public static RecordWriter OfPacket(StateRecordKind kind, long session, ushort packetId) => RecordWriter.Begin(kind).Number(session).Number(packetId);

    // Dropped = session message
    public static RecordWriter Dropped(long session, long message) => RecordWriter.Begin(StateRecordKind.Dropped).Number(session).Number(message);

    // IdReceived = session packetId position:number
    public static RecordWriter IdReceived(long session, ushort packetId, long position) =>
        RecordWriter.Begin(StateRecordKind.IdReceived).Number(session).Number(packetId).Number(position);

    // RetainedRemoved = topic:text
    public static RecordWriter RetainedRemoved(string topic) => RecordWriter.Begin(StateRecordKind.RetainedRemoved).Text(topic);

    // WillDelayed = session dueAt:time delay:seconds body
    public static RecordWriter WillDelayed(long session, DateTimeOffset dueAt, TimeSpan delay) =>
        RecordWriter.Begin(StateRecordKind.WillDelayed).Number(session).Time(dueAt).Seconds(delay);

    // WillGone = session
    public static RecordWriter WillGone(long session) => RecordWriter.Begin(StateRecordKind.WillGone).Number(session);

    // SnapshotEnd = session message subscription
    public static RecordWriter SnapshotEnd(StateNumbers last) =>
        RecordWriter.Begin(StateRecordKind.SnapshotEnd).Number(last.Session).Number(last.Message).Number(last.Subscription);

    /// <summary>A will as a message.</summary>
    public static Message AsMessage(WillMessage will) =>
        new(will.Topic, System.Text.Encoding.UTF8.GetBytes(will.Topic), will.Payload, will.Qos, will.Retain, will.Properties, ExpiresAt: null);

    /// <summary>A message as the will that it was.</summary>
    public static WillMessage AsWill(Message message) =>
        new(message.Topic, message.Payload, message.Qos, message.Retain) { Properties = message.Properties };

    private static RecordWriter Seconds(this RecordWriter record, TimeSpan time) => record.Number((long)Math.Ceiling(time.TotalSeconds));

    private static RecordWriter Targets(this RecordWriter record, ReadOnlySpan<PlannedDelivery> targets)
    {
        record.Number(targets.Length);
        foreach (ref readonly var target in targets) record.Number(target.Session.Number).Delivery(target.Delivery);
        return record;
    }
}
