using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Mqtt.Client.Publishing;

/// <summary>The topics that this client names by a number on one connection: the first ones that it uses (MQTT 5.0 section 3.3.2.3.4). Not thread-safe.</summary>
/// <param name="maximum">The highest number; 0 for no aliases.</param>
internal sealed class OutgoingAliases(int maximum)
{
    // By reference: whoever publishes often keeps its topic names, and comparing texts would cost more than the alias saves.
    private readonly Dictionary<TopicName, ushort> _numbers = [];

    /// <summary>The number of a topic, or the next free one; 0 when there is none left.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="isKnown">Whether the server knows the number already.</param>
    public ushort Find(TopicName topic, out bool isKnown)
    {
        isKnown = _numbers.TryGetValue(topic, out var number);
        if (isKnown) return number;
        return _numbers.Count < maximum ? (ushort)(_numbers.Count + 1) : (ushort)0;
    }

    /// <summary>The next free number was sent with its topic.</summary>
    public void Set(TopicName topic) => _numbers.Add(topic, (ushort)(_numbers.Count + 1));
}
