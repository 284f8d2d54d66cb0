using SmartCommunity.Mqtt.Server.Ports;
using SmartCommunity.Mqtt.Server.Sessions;

namespace SmartCommunity.Mqtt.Server.Tests.Harness;

/// <summary>A receiver whose durability the test releases by hand. Positions are 1, 2, 3, …</summary>
public sealed class HeldReceiver : IPublishReceiver
{
    private readonly Lock _lock = new();
    private readonly List<(long Position, TaskCompletionSource Done)> _waiting = [];
    private readonly List<Received> _received = [];
    private TaskCompletionSource? _gate;
    private IOException? _refuse;
    private IOException? _broken;
    private long _durable;
    private int _holding;

    /// <summary>Whether every message is durable at once.</summary>
    public bool Immediate { get; set; }

    /// <summary>Whether a message has come to the closed gate.</summary>
    public bool IsHolding { get; private set; }

    /// <summary>How many messages stand at the closed gate now, and how many did at most.</summary>
    public int Holding => Volatile.Read(ref _holding);

    public int MostHeld { get; private set; }

    public long DurableThrough => Immediate ? long.MaxValue : Interlocked.Read(ref _durable);

    public IReadOnlyList<Received> All
    {
        get
        {
            lock (_lock) return [.. _received];
        }
    }

    public async ValueTask<PublishReceipt> ReceiveAsync(ClientIdentity publisher, ReceivedPublish message, CancellationToken cancellationToken)
    {
        if (_refuse is { } refuse) throw refuse;
        if (_gate is { } gate)
        {
            IsHolding = true;
            lock (_lock) MostHeld = Math.Max(MostHeld, ++_holding);
            await gate.Task.WaitAsync(cancellationToken);
            lock (_lock) _holding--;
        }

        lock (_lock)
        {
            _received.Add(new Received(publisher, message with { Payload = message.Payload.ToArray() }));
            return new PublishReceipt(_received.Count);
        }
    }

    public async ValueTask WaitUntilDurableAsync(long position, CancellationToken cancellationToken)
    {
        TaskCompletionSource done;
        lock (_lock)
        {
            if (_broken is { } broken) throw broken;
            if (DurableThrough >= position) return;
            done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((position, done));
        }

        await done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Everything through this position is on disk now.</summary>
    public void Release(long position)
    {
        lock (_lock)
        {
            Interlocked.Exchange(ref _durable, position);
            foreach (var (_, done) in _waiting.Where(w => w.Position <= position)) done.TrySetResult();
            _waiting.RemoveAll(w => w.Position <= position);
        }
    }

    /// <summary>The flush fails, now and later.</summary>
    public void Break()
    {
        lock (_lock)
        {
            _broken = new IOException("the disk is gone");
            foreach (var (_, done) in _waiting) done.TrySetException(_broken);
            _waiting.Clear();
        }
    }

    /// <summary>Nothing can be stored from now on.</summary>
    public void Refuse() => _refuse = new IOException("the disk is full");

    /// <summary>Holds every message back until <see cref="OpenGate"/>.</summary>
    public void CloseGate() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void OpenGate()
    {
        var gate = _gate;
        _gate = null;
        gate?.SetResult();
    }

    public sealed record Received(ClientIdentity Publisher, ReceivedPublish Message)
    {
        public string Text => System.Text.Encoding.UTF8.GetString(Message.Payload.Span);
    }
}
