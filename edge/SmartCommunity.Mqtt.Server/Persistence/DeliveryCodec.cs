using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Routing;

namespace SmartCommunity.Mqtt.Server.Persistence;

/// <summary>How a message goes to one session, as it stands in a record.</summary>
/// <param name="Qos">At which QoS.</param>
/// <param name="Retain">The RETAIN flag of the delivery.</param>
/// <param name="Shared">The number of the shared subscription that it came through; 0 for none.</param>
/// <param name="SubscriptionIds">Subscription identifiers, or null.</param>
internal readonly record struct StoredDelivery(QualityOfService Qos, bool Retain, long Shared, int[]? SubscriptionIds);

/// <summary>Deliveries as bytes of a record.</summary>
/// <remarks>delivery = flags [shared:number] [count:number *identifier:number]; flags = qos (bits 0-1) retain (2) shared (3) identifiers (4)</remarks>
internal static class DeliveryCodec
{
    private const byte Retain = 4;
    private const byte IsShared = 8;
    private const byte HasIds = 16;

    public static RecordWriter Delivery(this RecordWriter record, in Delivery delivery) =>
        record.Delivery(new StoredDelivery(delivery.Qos, delivery.Retain, delivery.Shared?.Number ?? 0, delivery.SubscriptionIds));

    public static RecordWriter Delivery(this RecordWriter record, in StoredDelivery delivery)
    {
        var flags = (byte)delivery.Qos;
        if (delivery.Retain) flags |= Retain;
        if (delivery.Shared != 0) flags |= IsShared;
        if (delivery.SubscriptionIds is not null) flags |= HasIds;
        record.Byte(flags);
        if (delivery.Shared != 0) record.Number(delivery.Shared);
        if (delivery.SubscriptionIds is not { } ids) return record;
        record.Number(ids.Length);
        foreach (var id in ids) record.Number(id);
        return record;
    }

    public static StoredDelivery Delivery(ref RecordReader record)
    {
        var flags = record.Byte();
        var shared = (flags & IsShared) != 0 ? record.Number() : 0;
        int[]? ids = null;
        if ((flags & HasIds) != 0)
        {
            var count = record.Int();
            if (count > record.Rest.Length) throw new StateFormatException("There are fewer identifiers than announced.");
            ids = new int[count];
            for (var i = 0; i < count; i++) ids[i] = record.Int();
        }

        return new StoredDelivery((QualityOfService)(flags & 3), (flags & Retain) != 0, shared, ids);
    }
}
