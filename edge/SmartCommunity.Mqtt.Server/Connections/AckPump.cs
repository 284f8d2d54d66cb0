using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Server.Persistence;
using SmartCommunity.Mqtt.Server.Ports;

namespace SmartCommunity.Mqtt.Server.Connections;

/// <summary>
/// Holds acknowledgements back until their messages are on disk. It waits for the oldest, then hands everything that this flush made durable to the
/// writer at once. One per connection.
/// </summary>
internal sealed class AckPump(IPublishReceiver receiver, StateStore? store, ConnectionWriter writer)
{
    private readonly WakeSignal _work = new();
    private AckPacket[]? _batch;
    private volatile bool _stopped;

    private long StateThrough => store?.DurableThrough ?? 0;

    /// <summary>What waits.</summary>
    public AckQueue Queue { get; } = new();

    /// <summary>Set whenever acknowledgements left.</summary>
    public WakeSignal Room { get; } = new();

    /// <summary>Says that the queue has something new; called once per batch of packets.</summary>
    public void Kick() => _work.Set();

    /// <summary>Ends the pump and whoever waits for room.</summary>
    public void Stop()
    {
        _stopped = true;
        _work.Set();
        Room.Set();
    }

    /// <summary>Runs until it is stopped.</summary>
    /// <exception cref="ReceiverFailedException">The receiver could not make a message durable.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!_stopped)
        {
            if (!Queue.TryPeek(out var position, out var state))
            {
                await _work.WaitAsync();
                continue;
            }

            if (position > receiver.DurableThrough || state > StateThrough) await WaitUntilDurableAsync(position, state, cancellationToken);
            HandOver();
        }
    }

    private async ValueTask WaitUntilDurableAsync(long position, long state, CancellationToken cancellationToken)
    {
        try
        {
            await receiver.WaitUntilDurableAsync(position, cancellationToken);
            if (state > StateThrough) await store!.WaitUntilDurableAsync(state, cancellationToken);
        }
        catch (IOException failure)
        {
            throw new ReceiverFailedException(failure);
        }
    }

    private void HandOver()
    {
        var batch = _batch ??= new AckPacket[16];
        var durableThrough = receiver.DurableThrough;
        var stateThrough = StateThrough;
        int taken;
        do
        {
            taken = Queue.Take(durableThrough, stateThrough, batch);
            if (taken > 0) writer.Answer(batch.AsSpan(0, taken));
        }
        while (taken == batch.Length);
        writer.Wake();
        Room.Set();
    }
}
