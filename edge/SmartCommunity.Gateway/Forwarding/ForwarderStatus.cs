using SmartCommunity.Gateway.Journaling;

namespace SmartCommunity.Gateway.Forwarding;

/// <summary>How far forwarding has got; for health and the console. Read from any thread.</summary>
public sealed class ForwarderStatus(GatewayJournal journal, TimeProvider time)
{
    private long _accepted = Math.Max(journal.Watermark.Value, journal.Log.FirstSequence - 1);
    private long _durable = Math.Max(journal.Watermark.Value, journal.Log.FirstSequence - 1);
    private long _oldestWaitingMs = long.MaxValue;

    /// <summary>The grains have processed everything through it.</summary>
    public long AcceptedThrough => Volatile.Read(ref _accepted);

    /// <summary>Everything through it is on disk in the silos.</summary>
    public long DurableThrough => Volatile.Read(ref _durable);

    /// <summary>How many journaled records the grains have not processed.</summary>
    public long BacklogRecords => Math.Max(0, journal.Log.DurableThrough - AcceptedThrough);

    /// <summary>How many journaled records are not on disk in the silos.</summary>
    public long NotDurableRecords => Math.Max(0, journal.Log.DurableThrough - DurableThrough);

    /// <summary>For how long the oldest record that was sent has been waiting to be accepted; zero when none waits.</summary>
    public TimeSpan OldestWaiting
    {
        get
        {
            var since = Volatile.Read(ref _oldestWaitingMs);
            return since == long.MaxValue ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Max(0, time.GetUtcNow().ToUnixTimeMilliseconds() - since));
        }
    }

    /// <summary>The last failure to forward, in words; null while all is well.</summary>
    public string? LastProblem { get; internal set; }

    internal void Moved(long accepted, long durable)
    {
        Volatile.Write(ref _accepted, accepted);
        Volatile.Write(ref _durable, durable);
    }

    internal void WaitingSince(DateTimeOffset? receivedAt) => Volatile.Write(ref _oldestWaitingMs, receivedAt?.ToUnixTimeMilliseconds() ?? long.MaxValue);
}
