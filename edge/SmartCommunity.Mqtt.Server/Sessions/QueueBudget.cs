namespace SmartCommunity.Mqtt.Server.Sessions;

/// <summary>
/// The bytes that all queues together may take. A message in several queues counts in each, although they share its payload: the limit is an upper bound.
/// Thread-safe.
/// </summary>
internal sealed class QueueBudget(long limit)
{
    private long _used;

    public long Used => Interlocked.Read(ref _used);

    /// <summary>Takes bytes if there are so many.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _used, bytes) <= limit) return true;
        Return(bytes);
        return false;
    }

    /// <summary>Takes bytes also beyond the limit: what is in flight, or a connected client's least share.</summary>
    public void Take(long bytes) => Interlocked.Add(ref _used, bytes);

    public void Return(long bytes) => Interlocked.Add(ref _used, -bytes);
}
