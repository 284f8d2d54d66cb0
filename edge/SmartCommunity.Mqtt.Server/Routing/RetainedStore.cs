using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Mqtt.Server.Routing;

/// <summary>The last retained message of each topic (MQTT 5.0 section 3.3.1.3), in memory, bounded in count and bytes. Thread-safe.</summary>
internal sealed class RetainedStore(MqttServerOptions options, TimeProvider time)
{
    private readonly Dictionary<string, Message> _messages = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private long _bytes;

    public int Count
    {
        get
        {
            lock (_lock) return _messages.Count;
        }
    }

    /// <summary>Keeps the message, or forgets the topic when the payload is empty.</summary>
    /// <returns>False when a limit kept it out; what was there before is gone then, because it would be stale.</returns>
    public bool Set(Message message)
    {
        lock (_lock)
        {
            if (_messages.Remove(message.Topic, out var old)) _bytes -= old.Cost;
            if (message.Payload.IsEmpty) return true;
            if (_messages.Count >= options.MaxRetainedMessages || _bytes + message.Cost > options.MaxRetainedBytes) return false;
            _messages.Add(message.Topic, message);
            _bytes += message.Cost;
            return true;
        }
    }

    /// <summary>The live messages whose topics the filter matches.</summary>
    public List<Message> Match(string filter)
    {
        var now = time.GetUtcNow();
        var matches = new List<Message>();
        var exact = filter.AsSpan().IndexOfAny('+', '#') < 0;
        lock (_lock)
        {
            if (exact)
            {
                if (_messages.TryGetValue(filter, out var message)) matches.Add(message);
            }
            else
            {
                foreach (var (topic, message) in _messages)
                {
                    if (TopicMatcher.Matches(filter, topic)) matches.Add(message);
                }
            }
        }

        matches.RemoveAll(m => m.IsExpired(now));
        return matches;
    }
}
