using SmartCommunity.Mqtt.Packets;

namespace SmartCommunity.Mqtt.Client.Reconnecting;

/// <summary>The subscriptions that a client wants on every connection. Thread-safe.</summary>
internal sealed class Subscriptions
{
    // Servers limit the filters of one packet, few to less than this; a reconnect with hundreds of filters still takes few packets.
    private const int FiltersPerPacket = 32;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (SubscriptionRequest Request, int? Identifier)> _filters = new(StringComparer.Ordinal);

    public void Add(SubscriptionRequest request, int? identifier)
    {
        lock (_gate) _filters[request.Filter] = (request, identifier);
    }

    public void Remove(string filter)
    {
        lock (_gate) _filters.Remove(filter);
    }

    /// <summary>Subscribes to all of them.</summary>
    /// <exception cref="MqttSubscribeRefusedException">The server refused one.</exception>
    public async Task MakeAsync(MqttClient client, CancellationToken cancellationToken)
    {
        (SubscriptionRequest Request, int? Identifier)[] all;
        lock (_gate) all = [.. _filters.Values];
        foreach (var group in all.GroupBy(item => item.Identifier))
        {
            foreach (var filters in group.Select(item => item.Request).Chunk(FiltersPerPacket))
                await client.SubscribeAsync(filters, group.Key, cancellationToken).ConfigureAwait(false);
        }
    }
}
