namespace SmartCommunity.Rules.Live;

/// <summary>Something that time moves.</summary>
internal interface ITimed
{
    /// <summary>Orders what is due at the same time, the same way in every process.</summary>
    string TimerKey { get; }

    /// <summary>When time moves it next, Unix ms, or <see cref="Occurrence.Never"/>.</summary>
    long Due { get; }

    /// <summary>For when it stands in the queue, or <see cref="Occurrence.Never"/>; only the queue writes it.</summary>
    long QueuedFor { get; set; }
}

/// <summary>What is due when. A deadline that moves later costs nothing until the old one comes; then it is queued again.</summary>
internal sealed class TimerQueue<T> where T : class, ITimed
{
    private readonly PriorityQueue<T, (long Due, string Key)> _queue = new(Order.Instance);

    /// <summary>The earliest deadline, or <see cref="Occurrence.Never"/>.</summary>
    public long NextDue
    {
        get
        {
            while (_queue.TryPeek(out var item, out var entry))
            {
                if (item.QueuedFor == entry.Due && item.Due == entry.Due)
                {
                    return entry.Due;
                }

                _queue.Dequeue();
                if (item.QueuedFor == entry.Due)
                {
                    item.QueuedFor = Occurrence.Never;
                    Watch(item);
                }
            }

            return Occurrence.Never;
        }
    }

    /// <summary>Whether something is due by then. Cheap as long as the answer is no.</summary>
    public bool HasDue(long until) => _queue.TryPeek(out _, out var entry) && entry.Due <= until && NextDue <= until;

    /// <summary>Takes the item of <see cref="NextDue"/> out; whoever moved it calls <see cref="Watch"/>.</summary>
    public T TakeNext()
    {
        _ = NextDue;
        var item = _queue.Dequeue();
        item.QueuedFor = Occurrence.Never;
        return item;
    }

    /// <summary>Sees to it that an item stands in the queue no later than it is due.</summary>
    public void Watch(T item)
    {
        var due = item.Due;
        if (due < item.QueuedFor)
        {
            item.QueuedFor = due;
            _queue.Enqueue(item, (due, item.TimerKey));
        }
    }

    private sealed class Order : IComparer<(long Due, string Key)>
    {
        public static readonly Order Instance = new();

        public int Compare((long Due, string Key) x, (long Due, string Key) y) =>
            x.Due != y.Due ? x.Due.CompareTo(y.Due) : string.CompareOrdinal(x.Key, y.Key);
    }
}
