namespace SmartCommunity.Stores.Sqlite.Engine;

/// <summary>The writes that wait, in two lanes; bounded, so that callers wait when the disk is slow.</summary>
internal sealed class WriteQueue(int capacity) : IDisposable
{
    private readonly object _gate = new();
    private readonly Lane[] _lanes = [new(capacity), new(capacity)];
    private bool _closed;

    /// <summary>How many wait.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _lanes[0].Items.Count + _lanes[1].Items.Count;
            }
        }
    }

    /// <summary>Puts a write in its lane as soon as there is room.</summary>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public async ValueTask EnqueueAsync(WriteLane lane, WriteOperation operation, CancellationToken cancellationToken)
    {
        var target = _lanes[(int)lane];
        await target.Room.WaitAsync(cancellationToken);
        lock (_gate)
        {
            if (!_closed)
            {
                target.Items.Enqueue(operation);
                Monitor.Pulse(_gate);
                return;
            }
        }

        target.Room.Release();
        throw new ObjectDisposedException(nameof(SqliteDatabase), "The store is closed.");
    }

    /// <summary>Blocks the writer's thread until there is work; false when the queue is closed and empty.</summary>
    public bool WaitForWork()
    {
        lock (_gate)
        {
            while (_lanes[0].Items.Count + _lanes[1].Items.Count == 0)
            {
                if (_closed)
                {
                    return false;
                }

                Monitor.Wait(_gate);
            }

            return true;
        }
    }

    /// <summary>Takes the next write that its caller has not given up, or null.</summary>
    public WriteOperation? TryTake(WriteLane lane)
    {
        var source = _lanes[(int)lane];
        while (true)
        {
            WriteOperation? next;
            lock (_gate)
            {
                if (!source.Items.TryDequeue(out next))
                {
                    return null;
                }
            }

            source.Room.Release();
            if (next.TryStart())
            {
                return next;
            }
        }
    }

    /// <summary>Takes no more writes; those that wait are still done.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }

    public void Dispose()
    {
        foreach (var lane in _lanes)
        {
            lane.Room.Dispose();
        }
    }

    private sealed class Lane(int capacity)
    {
        public Queue<WriteOperation> Items { get; } = new();

        public SemaphoreSlim Room { get; } = new(capacity, capacity);
    }
}
