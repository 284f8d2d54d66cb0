using System.Buffers;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Diagnostics;
using SmartCommunity.Mqtt.Server.Routing;
using SmartCommunity.Mqtt.Server.Sessions;
using SmartCommunity.Mqtt.Writing;

namespace SmartCommunity.Mqtt.Server.Connections;

/// <summary>Writes what waits in a session's queue to its connection.</summary>
internal sealed class MessageWriter(
    IBufferWriter<byte> output, MqttVersion version, DeliveryQueue queue, int maxPacketSize, OutgoingAliases aliases, TimeProvider time, ServerMetrics metrics)
{
    private long _written;
    private long _writtenBytes;

    /// <summary>Messages written so far.</summary>
    public long Written => Volatile.Read(ref _written);

    /// <summary>Bytes written so far.</summary>
    public long WrittenBytes => Volatile.Read(ref _writtenBytes);

    /// <summary>Writes messages until the queue or its window has no more, or <paramref name="budget"/> bytes were written.</summary>
    /// <returns>Whether anything was written.</returns>
    public bool Write(int budget)
    {
        var messages = 0;
        var bytes = 0;
        var now = time.GetUtcNow();
        while (bytes < budget && queue.TryNext(now, out var packet))
        {
            if (packet.IsRelease)
            {
                PacketWriter.Write(output, version, new AckPacket(PacketType.PubRel, packet.PacketId));
                bytes += 4;
                continue;
            }

            var size = Write(in packet, now);
            if (size == 0) Discard(in packet);
            else messages++;
            bytes += size;
        }

        if (messages > 0)
        {
            Volatile.Write(ref _written, _written + messages);
            metrics.Sent.Add(messages);
        }

        if (bytes > 0) Volatile.Write(ref _writtenBytes, _writtenBytes + bytes);
        return bytes > 0;
    }

    private int Write(in OutgoingPacket packet, DateTimeOffset now)
    {
        var message = packet.Delivery.Message;
        var alias = aliases.Find(message.Topic, out var isKnown);
        var size = PacketWriter.Write(
            output,
            version,
            new OutgoingPublish
            {
                Topic = isKnown ? [] : message.TopicUtf8.Span,
                TopicAlias = alias,
                Payload = message.Payload.Span,
                Qos = packet.Delivery.Qos,
                PacketId = packet.PacketId,
                Retain = packet.Delivery.Retain,
                Duplicate = packet.Duplicate,
                Properties = version == MqttVersion.V311 ? null : Properties(in packet, message, now),
            },
            maxPacketSize);
        if (size > 0 && alias != 0 && !isKnown) aliases.Confirm(message.Topic, alias);
        return size;
    }

    // A packet above the client's limit is dropped as if it had been delivered [MQTT-3.1.2-25].
    private void Discard(in OutgoingPacket packet)
    {
        metrics.Dropped.Add(1, ServerMetrics.TooLarge);
        if (packet.PacketId != 0) queue.Complete(packet.PacketId);
    }

    private static PublishProperties? Properties(in OutgoingPacket packet, Message message, DateTimeOffset now)
    {
        var properties = message.Properties;
        if (message.ExpiresAt is { } at)
        {
            // What is left of the time that it waited here [MQTT-3.3.2-6].
            var left = (uint)Math.Max(1, Math.Ceiling((at - now).TotalSeconds));
            properties = (properties ?? new PublishProperties()) with { MessageExpiryInterval = left };
        }

        return packet.Delivery.SubscriptionIds is { } ids ? (properties ?? new PublishProperties()) with { SubscriptionIdentifiers = ids } : properties;
    }
}
