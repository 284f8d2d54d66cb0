using Microsoft.Extensions.Logging;
using SmartCommunity.Mqtt.Server.Connections;
using SmartCommunity.Mqtt.Server.Ports;
using SmartCommunity.Mqtt.Server.Routing;
using SmartCommunity.Mqtt.Server.Sessions;

namespace SmartCommunity.Mqtt.Server.Persistence;

/// <summary>
/// Turns the image of what is on disk into sessions, subscriptions, queues, wills and retained messages. Runs once, before the first connection.
/// </summary>
internal sealed class StateRestorer(
    StateStore store,
    SessionContext context,
    SessionRegistry sessions,
    Router router,
    WillPublisher wills,
    ITopicAuthorizer authorizer,
    IPublishReceiver receiver,
    ILogger logger)
{
    private readonly Dictionary<long, Message> _messages = [];
    private DateTimeOffset _now;
    private long _receivedThrough;

    /// <summary>Restores everything. Blocks while it reads.</summary>
    /// <exception cref="IOException">The folder can not be used, or is in use by another process.</exception>
    public void Restore()
    {
        // Before the first message comes: identifiers of messages that the receiver has lost must count again.
        _receivedThrough = receiver.DurableThrough;
        _now = context.Time.GetUtcNow();
        var image = store.Open();
        foreach (var (number, message) in image.Messages)
        {
            var body = new RecordReader(message.Body);
            _messages.Add(number, Timely(MessageCodec.Read(ref body, number)));
        }

        foreach (var number in image.Retained.Values) router.Retained.Restore(_messages[number]);
        var over = new List<Session>();
        // Those that have been away longest come first, as they are the first to go.
        foreach (var stored in Current(image).OrderBy(s => (s.ExpiresAt ?? _now + s.Expiry) - s.Expiry))
        {
            var remaining = Remaining(stored);
            var session = Restore(stored, remaining);
            if (remaining <= TimeSpan.Zero) over.Add(session);
        }

        // Only now, when whoever inherits from them is there.
        foreach (var session in over) sessions.Expire(session);
        _messages.Clear();
    }

    // Should damage have left two sessions of one client, the newer one counts.
    private IEnumerable<ImageSession> Current(StateImage image)
    {
        foreach (var sameClient in image.Sessions.Values.GroupBy(s => SessionKey.Of(s.Identity)))
        {
            var newest = sameClient.MaxBy(s => s.Number)!;
            foreach (var older in sameClient.Where(s => s != newest)) store.Append(StateRecords.Ended(older.Number));
            yield return newest;
        }
    }

    // A clock that went back gives no message more time than it was published with.
    private Message Timely(Message message)
    {
        if (message.ExpiresAt is not { } at || message.Properties?.MessageExpiryInterval is not { } seconds) return message;
        var latest = _now.AddSeconds(seconds);
        return at <= latest ? message : message with { ExpiresAt = latest };
    }

    // A clock that went back keeps nobody longer than was promised; a session whose connection the crash ended is left now.
    private TimeSpan Remaining(ImageSession stored)
    {
        if (stored.ExpiresAt is not { } at) return stored.Expiry;
        var remaining = at - _now;
        return remaining < stored.Expiry ? remaining : stored.Expiry;
    }

    private Session Restore(ImageSession stored, TimeSpan remaining)
    {
        var trail = new SessionTrail(store, stored.Number);
        var session = new Session(SessionKey.Of(stored.Identity), stored.Identity, context, trail) { Expiry = stored.Expiry };
        if (stored.ExpiresAt is null || stored.ExpiresAt > _now + stored.Expiry) trail.Left(stored.Expiry, _now + remaining);
        var subscriptions = RestoreSubscriptions(session, stored);
        RestoreQueue(session, stored, subscriptions);
        foreach (var (packetId, position) in stored.ReceivedIds)
        {
            if (position <= _receivedThrough) session.Received.Restore(packetId, position);
            else trail.IdReleased(packetId);
        }

        sessions.Restore(session, remaining > TimeSpan.Zero ? remaining : Timeout.InfiniteTimeSpan);
        new SubscriptionCheck(authorizer, router).Run(session);
        if (stored.Will is { } will) RestoreWill(session, will);
        return session;
    }

    private static Dictionary<long, Subscription> RestoreSubscriptions(Session session, ImageSession stored)
    {
        var subscriptions = new Dictionary<long, Subscription>();
        foreach (var (number, (filter, options, identifier)) in stored.Subscriptions)
        {
            var subscription = new Subscription(session, Subscription.RequestOf(filter, options), identifier == 0 ? null : identifier) { Number = number };
            subscriptions.Add(number, subscription);
            session.Subscriptions.Put(subscription);
        }

        return subscriptions;
    }

    private void RestoreQueue(Session session, ImageSession stored, Dictionary<long, Subscription> subscriptions)
    {
        foreach (var (packetId, sent) in stored.InFlight.OrderBy(d => d.Value.Order))
            session.Outgoing.RestoreInFlight(Delivery(sent, subscriptions), packetId, sent.Received);
        foreach (var waiting in stored.Waiting.Values.OrderBy(d => d.Order)) session.Outgoing.RestoreWaiting(Delivery(waiting, subscriptions));
    }

    private Delivery Delivery(ImageDelivery stored, Dictionary<long, Subscription> subscriptions)
    {
        var how = stored.How;
        var shared = subscriptions.GetValueOrDefault(how.Shared);
        return new Delivery(_messages.GetValueOrDefault(stored.Message)!, how.Qos, how.Retain, how.SubscriptionIds, shared);
    }

    private void RestoreWill(Session session, ImageWill stored)
    {
        var body = new RecordReader(stored.Message);
        var will = StateRecords.AsWill(MessageCodec.Read(ref body, 0));
        var remaining = stored.DueAt - _now;
        if (remaining > stored.Delay) remaining = stored.Delay;
        logger.WillRestored(session.Key.ClientId, remaining);
        wills.Restore(session, will, remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero);
    }
}
