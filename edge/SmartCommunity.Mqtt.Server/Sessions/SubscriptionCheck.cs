using SmartCommunity.Mqtt.Server.Ports;
using SmartCommunity.Mqtt.Server.Routing;

namespace SmartCommunity.Mqtt.Server.Sessions;

/// <summary>Asks the topic rules again about subscriptions that exist, and takes away what they do not allow any more.</summary>
internal sealed class SubscriptionCheck(ITopicAuthorizer authorizer, Router router)
{
    /// <summary>How many subscriptions went.</summary>
    public int Removed { get; private set; }

    /// <summary>The position at which all of it is on disk; 0 when nothing has to be.</summary>
    public long Position { get; private set; }

    public void Run(Session session)
    {
        var refused = session.Subscriptions.All.Where(s => !authorizer.MaySubscribe(session.Identity, s.TopicFilter)).ToList();
        if (refused.Count == 0) return;
        foreach (var subscription in refused)
        {
            if (session.Subscriptions.Remove(subscription.Filter) is null) continue;
            router.Remove(subscription);
            Position = Math.Max(Position, session.Trail?.Unsubscribed(subscription) ?? 0);
            Removed++;
        }

        session.Outgoing.Withdraw(d => !session.Subscriptions.Wants(d));
    }
}
