using System.Threading.Channels;
using SmartCommunity.Gateway.Bridging.Configuration;
using SmartCommunity.Gateway.Decoding;
using SmartCommunity.Gateway.Receiving;
using SmartCommunity.Mqtt.Client.Receiving;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Gateway.Bridging;

/// <summary>
/// From the broker's message to its acknowledgement: journal it, wait until it is on disk, tell the broker. Two loops with a bounded queue between them, so
/// that one flush serves many messages, and a disk that is slow stops the reading.
/// </summary>
/// <param name="options">The bridge.</param>
/// <param name="receiver">The way into the journal.</param>
/// <param name="recent">What was journaled before; outlives the intake.</param>
/// <param name="report">Counts.</param>
/// <param name="time">The source of time.</param>
internal sealed class BridgeIntake(BridgeOptions options, GatewayReceiver receiver, RecentDeliveries recent, BridgeReport report, TimeProvider time)
{
    private readonly Channel<Owed> _owed = Channel.CreateBounded<Owed>(new BoundedChannelOptions(options.MaxUnacknowledged) { SingleReader = true, SingleWriter = true });

    /// <summary>Journals messages until it is cancelled or they end.</summary>
    /// <param name="messages">What the broker delivers.</param>
    /// <param name="owe">Called for each message that waits for the disk.</param>
    /// <param name="cancellationToken">Stops taking; what is taken is acknowledged all the same.</param>
    /// <exception cref="IOException">The journal can not store anything now.</exception>
    public async Task TakeAsync(ChannelReader<MqttMessage> messages, Action owe, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in messages.ReadAllAsync(cancellationToken))
            {
                var position = await JournalAsync(message, cancellationToken);
                if (message.Qos == QualityOfService.AtMostOnce)
                    continue;
                owe();
                await _owed.Writer.WriteAsync(new Owed(position, message), cancellationToken);
            }
        }
        finally
        {
            _owed.Writer.TryComplete();
        }
    }

    /// <summary>Acknowledges what is on disk, in its order, until <see cref="TakeAsync"/> has ended and all of it is done.</summary>
    /// <param name="acknowledge">Tells the broker.</param>
    /// <param name="cancellationToken">Gives up; the broker delivers the rest again.</param>
    /// <exception cref="IOException">The flush failed; nothing that waits may be acknowledged.</exception>
    public async Task AcknowledgeAsync(Action<MqttMessage> acknowledge, CancellationToken cancellationToken)
    {
        await foreach (var owed in _owed.Reader.ReadAllAsync(cancellationToken))
        {
            if (owed.Position > receiver.DurableThrough)
                await receiver.WaitUntilDurableAsync(owed.Position, cancellationToken);
            acknowledge(owed.Message);
            report.Acknowledged();
        }
    }

    private async ValueTask<long> JournalAsync(MqttMessage message, CancellationToken cancellationToken)
    {
        var topic = RouteOf(message.Topic);
        var isKnown = recent.TryFind(message, out var position);
        report.Received(isKnown, isIgnored: topic is null);
        if (isKnown || topic is null)
            return position;

        var input = new DecodeInput(
            topic.Local, message.Payload, Publisher: null, IsWill: false, message.Properties?.ContentType, time.GetUtcNow())
        {
            // Who may publish there is the site's affair: the broker has let it in.
            SpeaksForDevices = true,
            // On a subscription, RETAIN means that the message is from before it [3.1.1: MQTT-3.3.1-8].
            IsReplay = message.Retain,
        };
        position = (await receiver.ReceiveAsync(input, topic.Decoder, cancellationToken)).Position;
        if (message.Qos != QualityOfService.AtMostOnce)
            recent.Add(message, position);
        return position;
    }

    // Null for a topic that was taken when the broker's session began, and is not any more.
    private Route? RouteOf(TopicName topic)
    {
        if (topic.Route is Route known)
            return known;
        if (options.Topics.FirstOrDefault(one => TopicMatcher.Matches(one.Filter, topic.Text)) is not { } rule)
            return null;
        var route = new Route(rule.ToLocal(topic.Text), rule.Decoder);
        topic.Route = route;
        return route;
    }

    /// <param name="Local">The topic as decoders see it.</param>
    /// <param name="Decoder">The decoder that must take it, or null.</param>
    private sealed record Route(string Local, string? Decoder);

    /// <param name="Position">The journal position that must be on disk first; 0 for none.</param>
    /// <param name="Message">What to acknowledge then.</param>
    private readonly record struct Owed(long Position, MqttMessage Message);
}
