using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Server.Diagnostics;
using SmartCommunity.Mqtt.Server.Ports;
using SmartCommunity.Mqtt.Server.Routing;
using SmartCommunity.Mqtt.Server.Sessions;
using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Mqtt.Server.Connections;

/// <summary>Publishes wills (MQTT 5.0 section 3.1.2.5): to the receiver first, then to subscribers, like any message of the client.</summary>
internal sealed class WillPublisher(
    IPublishReceiver receiver, ITopicAuthorizer authorizer, Router router, TimeProvider time, ServerLog log, MqttServerOptions options)
{
    // When a site is cut off, thousands of connections end at the same time: their wills take turns, and the other messages are not behind all of them.
    private readonly SemaphoreSlim _turns = new(options.MaxWillsAtOnce);

    /// <summary>
    /// Publishes the will of a connection that ended, or starts its delay. The delay ends with the session at the latest [MQTT-3.1.2-8].
    /// </summary>
    public async ValueTask PublishOrDelayAsync(Session session, WillMessage will, CancellationToken cancellationToken)
    {
        var delay = TimeSpan.FromSeconds(will.DelayInterval);
        if (delay > session.Expiry) delay = session.Expiry;
        if (delay <= TimeSpan.Zero)
        {
            await PublishAsync(session, will, cancellationToken);
            return;
        }

        var delayed = new DelayedWill(will);
        session.Trail?.WillDelayed(will, time.GetUtcNow() + delay, delay);
        Delay(session, delayed, delay);
    }

    /// <summary>A will whose delay ran when the process ended: the delay goes on.</summary>
    public void Restore(Session session, WillMessage will, TimeSpan remaining) => Delay(session, new DelayedWill(will), remaining);

    /// <summary>The client came back before the delay was over: nothing happened.</summary>
    public static void Cancel(Session session)
    {
        if (session.PendingWill?.TryTake() ?? false) session.Trail?.WillGone();
        session.PendingWill = null;
    }

    /// <summary>Publishes the delayed will of a session that ended.</summary>
    public void PublishDue(Session session)
    {
        if (session.PendingWill is { } delayed) PublishDue(session, delayed);
    }

    private void Delay(Session session, DelayedWill delayed, TimeSpan delay)
    {
        session.PendingWill = delayed;
        delayed.Timer = time.CreateTimer(_ => PublishDue(session, delayed), null, delay, Timeout.InfiniteTimeSpan);
    }

    private void PublishDue(Session session, DelayedWill delayed)
    {
        if (delayed.TryTake()) _ = PublishDelayedAsync(session, delayed.Will);
    }

    // A crash between the two publishes the will twice rather than never.
    private async Task PublishDelayedAsync(Session session, WillMessage will)
    {
        await PublishAsync(session, will, CancellationToken.None);
        session.Trail?.WillGone();
    }

    // Catches whatever a port throws: nobody observes the task of a delayed will, and the end of a connection must not depend on it.
    private async ValueTask PublishAsync(Session session, WillMessage will, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            // The rules may have changed since CONNECT.
            if (!authorizer.MayPublish(session.Identity, will.Topic)) return;
            var message = new ReceivedPublish(
                will.Topic, will.Payload, (byte)will.Qos, will.Retain, Duplicate: false, will.Properties?.ContentType, PublishOrigin.Will);
            await receiver.ReceiveAsync(session.Identity, message, cancellationToken);
            router.Publish(TopicName.Create(will.Topic), will.Payload.Span, will.Qos, will.Retain, will.Properties, session);
        }
        catch (Exception failure)
        {
            log.WillNotStored(session.Key.ClientId, failure);
        }
        finally
        {
            _turns.Release();
        }
    }
}
