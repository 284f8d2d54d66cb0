using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Server.Persistence;

/// <summary>What all records so far amount to. It is built at the start and for each snapshot; the running endpoint has its own objects.</summary>
internal sealed class StateImage
{
    private readonly List<long> _held = [];

    public Dictionary<long, ImageSession> Sessions { get; } = [];

    public Dictionary<long, ImageMessage> Messages { get; } = [];

    /// <summary>The number of the retained message of each topic.</summary>
    public Dictionary<string, long> Retained { get; } = new(StringComparer.Ordinal);

    /// <summary>The highest numbers given so far.</summary>
    public StateNumbers Last { get; set; }

    /// <summary>The journal sequence of the last record that is in it.</summary>
    public long Through { get; set; }

    /// <summary>Keeps a message until the snapshot that is being read is whole.</summary>
    public void Hold(long number)
    {
        Messages[number].References++;
        _held.Add(number);
    }

    public void ReleaseHeld()
    {
        foreach (var number in _held) Drop(number);
        _held.Clear();
    }

    public void AddMessage(long number, byte[] body)
    {
        Messages[number] = new ImageMessage(body);
        Last = Last with { Message = Math.Max(Last.Message, number) };
    }

    /// <summary>Forgets a message that nothing needs.</summary>
    public void Collect(long number)
    {
        if (Messages.TryGetValue(number, out var message) && message.References <= 0) Messages.Remove(number);
    }

    public void Retain(string topic, long number)
    {
        Forget(topic);
        Retained[topic] = number;
        Messages[number].References++;
    }

    public void Forget(string topic)
    {
        if (Retained.Remove(topic, out var old)) Drop(old);
    }

    public void Queue(long session, long message, in StoredDelivery how)
    {
        if (!Sessions.TryGetValue(session, out var found) || !Messages.TryGetValue(message, out var stored)) return;
        if (found.Waiting.TryAdd(message, found.Next(message, how))) stored.References++;
    }

    /// <summary>Queues a copy of a message, under a number of its own.</summary>
    public void Inherit(long heir, long origin, long copy, in StoredDelivery how)
    {
        if (!Messages.TryGetValue(origin, out var message)) return;
        AddMessage(copy, message.Body);
        Queue(heir, copy, in how);
        Collect(copy);
    }

    /// <summary>Takes a message out of a queue, onto its way; what was in flight under the identifier is over then.</summary>
    public void Send(ImageSession session, ushort packetId, long message, StoredDelivery? how)
    {
        Complete(session, packetId);
        if (how is null)
        {
            if (!session.Waiting.Remove(message, out var waiting)) return;
            session.InFlight[packetId] = session.Next(message, waiting.How);
        }
        else if (Messages.TryGetValue(message, out var stored))
        {
            stored.References++;
            session.InFlight[packetId] = session.Next(message, how.Value);
        }
        else if (how.Value.Qos == QualityOfService.ExactlyOnce)
        {
            // The retained message was replaced, and its successor queued. The client may remember the identifier, so it must still be released.
            session.InFlight[packetId] = session.Next(0, how.Value) with { Received = true };
        }
    }

    public void Complete(ImageSession session, ushort packetId)
    {
        if (session.InFlight.Remove(packetId, out var done)) Drop(done.Message);
    }

    public void GiveUp(ImageSession session, long message)
    {
        if (session.Waiting.Remove(message)) Drop(message);
    }

    public void End(long session)
    {
        if (!Sessions.Remove(session, out var ended)) return;
        foreach (var delivery in ended.Waiting.Values) Drop(delivery.Message);
        foreach (var delivery in ended.InFlight.Values) Drop(delivery.Message);
    }

    private void Drop(long message)
    {
        if (!Messages.TryGetValue(message, out var stored)) return;
        stored.References--;
        Collect(message);
    }
}

/// <summary>The highest numbers that were given.</summary>
/// <param name="Session">To a session.</param>
/// <param name="Message">To a message.</param>
/// <param name="Subscription">To a subscription.</param>
internal readonly record struct StateNumbers(long Session, long Message, long Subscription);
