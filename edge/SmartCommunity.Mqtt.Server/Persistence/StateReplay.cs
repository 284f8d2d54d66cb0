using SmartCommunity.Mqtt.Server.Sessions;

namespace SmartCommunity.Mqtt.Server.Persistence;

/// <summary>Applies records to an image, one after another. The grammar of each record stands in FORMAT.md.</summary>
internal static class StateReplay
{
    /// <summary>Published: what the message does to the retained message of its topic.</summary>
    public const byte Keeps = 1;

    /// <summary>Published: the topic has no retained message from here on.</summary>
    public const byte Clears = 2;

    /// <summary>Published: kept until the snapshot ends, for the records behind it.</summary>
    public const byte Held = 4;

    /// <summary>Applies one record.</summary>
    /// <exception cref="StateFormatException">The record was not written by this version.</exception>
    public static void Apply(this StateImage image, ReadOnlySpan<byte> bytes)
    {
        var record = new RecordReader(bytes);
        var kind = (StateRecordKind)record.Byte();
        switch (kind)
        {
            case StateRecordKind.SnapshotEnd:
                image.Last = new StateNumbers(record.Number(), record.Number(), record.Number());
                image.ReleaseHeld();
                break;
            case StateRecordKind.SessionOpened:
                Open(image, ref record);
                break;
            case StateRecordKind.SessionEnded:
                End(image, ref record);
                break;
            case StateRecordKind.Published:
                Publish(image, ref record);
                break;
            case StateRecordKind.Queued:
                Queue(image, ref record, record.Number());
                break;
            case StateRecordKind.RetainedRemoved:
                image.Forget(record.Text());
                break;
            case > StateRecordKind.SnapshotEnd and <= StateRecordKind.WillGone:
                // A session that is not there has ended; whoever wrote the record had not heard of it yet.
                if (image.Sessions.TryGetValue(record.Number(), out var session)) Apply(image, session, kind, ref record);
                break;
            default:
                throw new StateFormatException($"There is no record of kind {(byte)kind}.");
        }
    }

    private static void Apply(StateImage image, ImageSession session, StateRecordKind kind, ref RecordReader record)
    {
        switch (kind)
        {
            case StateRecordKind.SessionAttached:
                session.Identity = session.Identity with { Kind = (ClientKind)record.Byte() };
                session.Expiry = TimeSpan.FromSeconds(record.Number());
                session.ExpiresAt = null;
                break;
            case StateRecordKind.SessionLeft:
                session.Expiry = TimeSpan.FromSeconds(record.Number());
                session.ExpiresAt = record.Time();
                break;
            case StateRecordKind.Subscribed:
                Subscribe(image, session, ref record);
                break;
            case StateRecordKind.Unsubscribed:
                session.Subscriptions.Remove(record.Number());
                break;
            case StateRecordKind.Sent:
                image.Send(session, record.PacketId(), record.Number(), how: null);
                break;
            case StateRecordKind.RetainedSent:
                image.Send(session, record.PacketId(), record.Number(), DeliveryCodec.Delivery(ref record));
                break;
            case StateRecordKind.Received:
                var received = record.PacketId();
                if (session.InFlight.TryGetValue(received, out var delivery)) session.InFlight[received] = delivery with { Received = true };
                break;
            case StateRecordKind.Completed:
                image.Complete(session, record.PacketId());
                break;
            case StateRecordKind.Dropped:
                image.GiveUp(session, record.Number());
                break;
            case StateRecordKind.IdReceived:
                session.ReceivedIds[record.PacketId()] = record.Number();
                break;
            case StateRecordKind.IdReleased:
                session.ReceivedIds.Remove(record.PacketId());
                break;
            case StateRecordKind.WillDelayed:
                session.Will = new ImageWill(record.Time(), TimeSpan.FromSeconds(record.Number()), record.Rest.ToArray());
                break;
            case StateRecordKind.WillGone:
                session.Will = null;
                break;
        }
    }

    private static void Open(StateImage image, ref RecordReader record)
    {
        var number = record.Number();
        var identity = new ClientIdentity(record.Text(), (ClientKind)record.Byte(), record.Text());
        image.Sessions[number] = new ImageSession(number, identity) { Expiry = TimeSpan.FromSeconds(record.Number()) };
        image.Last = image.Last with { Session = Math.Max(image.Last.Session, number) };
    }

    private static void End(StateImage image, ref RecordReader record)
    {
        var ended = record.Number();
        while (!record.IsAtEnd) image.Inherit(record.Number(), record.Number(), record.Number(), DeliveryCodec.Delivery(ref record));
        image.End(ended);
    }

    private static void Subscribe(StateImage image, ImageSession session, ref RecordReader record)
    {
        var number = record.Number();
        session.Subscriptions[number] = new ImageSubscription(record.Text(), record.Byte(), record.Int());
        image.Last = image.Last with { Subscription = Math.Max(image.Last.Subscription, number) };
    }

    private static void Publish(StateImage image, ref RecordReader record)
    {
        var number = record.Number();
        var effect = record.Byte();
        var targets = record;
        Skip(ref record);
        var body = record.Rest.ToArray();
        image.AddMessage(number, body);
        if ((effect & Held) != 0) image.Hold(number);
        if ((effect & Clears) != 0) image.Forget(MessageCodec.TopicOf(body));
        if ((effect & Keeps) != 0) image.Retain(MessageCodec.TopicOf(body), number);
        Queue(image, ref targets, number);
        image.Collect(number);
    }

    // targets = count:number *{ session:number delivery }
    private static void Queue(StateImage image, ref RecordReader record, long message)
    {
        for (var left = record.Int(); left > 0; left--) image.Queue(record.Number(), message, DeliveryCodec.Delivery(ref record));
    }

    private static void Skip(ref RecordReader record)
    {
        for (var left = record.Int(); left > 0; left--)
        {
            record.Number();
            DeliveryCodec.Delivery(ref record);
        }
    }
}
