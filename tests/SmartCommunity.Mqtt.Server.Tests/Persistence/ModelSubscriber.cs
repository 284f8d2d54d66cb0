using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Sessions;

namespace SmartCommunity.Mqtt.Server.Tests.Persistence;

/// <summary>A subscriber that keeps its side of the protocol through any number of crashes of the endpoint, and remembers what had an effect on it.</summary>
internal sealed class ModelSubscriber(string name)
{
    private readonly HashSet<ushort> _received = [];
    private readonly List<(ushort Id, long Position)> _releases = [];
    private readonly List<OutgoingPacket> _open = [];

    public string Name => name;

    /// <summary>The number of each message that had an effect, in order.</summary>
    public List<int> Effects { get; } = [];

    public bool IsBusy => _open.Count > 0 || _releases.Count > 0;

    /// <summary>What filters it has, as far as the endpoint has acknowledged.</summary>
    public HashSet<string> Filters { get; } = new(StringComparer.Ordinal);

    public void Connect(World world, int window)
    {
        _open.Clear();
        _releases.Clear();
        world.Session(name).Outgoing.Attach(window);
    }

    public void Take(World world, int most)
    {
        while (most-- > 0 && world.Session(name).Outgoing.TryNext(world.Clock.GetUtcNow(), out var packet)) Take(packet);
    }

    /// <summary>Answers one packet, and takes the PUBRELs that are due.</summary>
    public void Answer(World world, int which)
    {
        var queue = world.Session(name).Outgoing;
        foreach (var (id, position) in _releases.Where(r => r.Position <= world.Store.DurableThrough).ToList())
        {
            _releases.Remove((id, position));
            Released(queue, id);
        }

        if (_open.Count == 0) return;
        var packet = _open[which % _open.Count];
        _open.Remove(packet);
        if (packet.IsRelease)
        {
            Released(queue, packet.PacketId);
        }
        else if (packet.Delivery.Qos == QualityOfService.ExactlyOnce)
        {
            queue.MarkReceived(packet.PacketId, out var position).ShouldBeTrue();
            _releases.Add((packet.PacketId, position));
        }
        else
        {
            queue.Complete(packet.PacketId).ShouldBeTrue();
        }
    }

    private void Released(DeliveryQueue queue, ushort id)
    {
        _received.Remove(id);
        queue.Complete(id);
    }

    private void Take(OutgoingPacket packet)
    {
        _open.Add(packet);
        if (packet.IsRelease) return;
        var number = int.Parse(System.Text.Encoding.UTF8.GetString(packet.Delivery.Message.Payload.Span), System.Globalization.CultureInfo.InvariantCulture);
        if (packet.Delivery.Qos == QualityOfService.ExactlyOnce)
        {
            if (_received.Add(packet.PacketId)) Effects.Add(number);
        }
        else if (!Effects.Contains(number))
        {
            Effects.Add(number);
        }
    }
}
