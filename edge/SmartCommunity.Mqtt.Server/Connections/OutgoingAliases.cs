namespace SmartCommunity.Mqtt.Server.Connections;

/// <summary>
/// The topic aliases that the endpoint sets for one connection (MQTT 5.0 section 3.3.2.3.4): the first topics that are written to it get one each, and
/// keep it as long as the connection lives. Used by the writer only; allocates nothing before the first message.
/// </summary>
/// <param name="maximum">The highest alias: what the client takes [MQTT-3.1.2-26], and no more than the endpoint's own limit; 0 is none.</param>
internal sealed class OutgoingAliases(int maximum)
{
    private Dictionary<string, ushort>? _known;

    /// <summary>The alias to write with a topic; 0 for none.</summary>
    /// <param name="topic">The topic name.</param>
    /// <param name="isKnown">Whether the client knows it already, so that the topic name itself can be left out.</param>
    public ushort Find(string topic, out bool isKnown)
    {
        ushort alias = 0;
        isKnown = _known is not null && _known.TryGetValue(topic, out alias);
        if (isKnown) return alias;
        var next = (_known?.Count ?? 0) + 1;
        return next <= maximum ? (ushort)next : (ushort)0;
    }

    /// <summary>The packet that sets the alias was written. One that was too large was not, and then nothing is set.</summary>
    public void Confirm(string topic, ushort alias) => (_known ??= new(StringComparer.Ordinal)).Add(topic, alias);
}
