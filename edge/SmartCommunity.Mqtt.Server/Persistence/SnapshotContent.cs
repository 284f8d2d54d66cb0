namespace SmartCommunity.Mqtt.Server.Persistence;

/// <summary>
/// An image as records, in an order in which they build it again: messages, retained ones among them, then each session with its queue, its messages in
/// flight before those that wait.
/// </summary>
internal static class SnapshotContent
{
    public static void Write(StateImage image, Action<RecordWriter> add)
    {
        var retained = image.Retained.Values.ToHashSet();
        foreach (var (number, message) in image.Messages.OrderBy(m => m.Key))
        {
            var effect = retained.Contains(number) ? (byte)(StateReplay.Held | StateReplay.Keeps) : StateReplay.Held;
            add(StateRecords.Published(number, effect, message.Body));
        }

        foreach (var session in image.Sessions.Values.OrderBy(s => s.Number)) Write(session, add);
        add(StateRecords.SnapshotEnd(image.Last));
    }

    private static void Write(ImageSession session, Action<RecordWriter> add)
    {
        var number = session.Number;
        add(StateRecords.Opened(number, session.Identity, session.Expiry));
        if (session.ExpiresAt is { } at) add(StateRecords.Left(number, session.Expiry, at));
        foreach (var (id, subscription) in session.Subscriptions.OrderBy(s => s.Key)) add(StateRecords.Subscribed(number, id, subscription));
        foreach (var (packetId, delivery) in session.InFlight.OrderBy(d => d.Value.Order)) WriteInFlight(number, packetId, delivery, add);
        foreach (var delivery in session.Waiting.Values.OrderBy(d => d.Order)) add(StateRecords.Queued(delivery.Message, number, delivery.How));
        foreach (var (packetId, position) in session.ReceivedIds) add(StateRecords.IdReceived(number, packetId, position));
        if (session.Will is { } will) add(StateRecords.WillDelayed(number, will.DueAt, will.Delay).Raw(will.Message));
    }

    private static void WriteInFlight(long session, ushort packetId, ImageDelivery delivery, Action<RecordWriter> add)
    {
        add(StateRecords.RetainedSent(session, packetId, delivery.Message, delivery.How));
        if (delivery.Received) add(StateRecords.OfPacket(StateRecordKind.Received, session, packetId));
    }
}
