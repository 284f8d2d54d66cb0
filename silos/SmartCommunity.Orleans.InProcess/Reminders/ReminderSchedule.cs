using Orleans.Runtime;

namespace SmartCommunity.Orleans.InProcess.Reminders;

/// <summary>All reminders, and which is due next. Thread-safe.</summary>
internal sealed class ReminderSchedule
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(GrainId, string), Reminder> _all = [];
    private readonly PriorityQueue<Reminder, DateTimeOffset> _waiting = new();

    public int Count
    {
        get
        {
            lock (_gate)
                return _all.Count;
        }
    }

    public Reminder? Find(GrainId grainId, string name)
    {
        lock (_gate)
            return _all.GetValueOrDefault((grainId, name));
    }

    public List<Reminder> Of(GrainId grainId)
    {
        lock (_gate)
            return [.. _all.Values.Where(reminder => reminder.Entry.GrainId == grainId).OrderBy(reminder => reminder.ReminderName, StringComparer.Ordinal)];
    }

    /// <summary>Puts a reminder in the place of the one with its key.</summary>
    public void Put(Reminder reminder)
    {
        lock (_gate)
        {
            _all[reminder.Key] = reminder;
            _waiting.Enqueue(reminder, reminder.Entry.NextDueAt);
        }
    }

    public void Remove(Reminder reminder)
    {
        lock (_gate)
            _all.Remove(reminder.Key);
    }

    /// <summary>Whether it has been neither removed nor replaced.</summary>
    public bool IsCurrent(Reminder reminder) => ReferenceEquals(Find(reminder.Entry.GrainId, reminder.ReminderName), reminder);

    /// <summary>After a tick: the same reminder with its next one.</summary>
    public void Advance(Reminder reminder, ReminderEntry entry)
    {
        lock (_gate)
        {
            reminder.Entry = entry;
            if (ReferenceEquals(_all.GetValueOrDefault(reminder.Key), reminder))
                _waiting.Enqueue(reminder, entry.NextDueAt);
        }
    }

    /// <summary>Takes those that are due, earliest first, and says when the next one is; null when none waits.</summary>
    public (List<Reminder> Due, DateTimeOffset? Next) TakeDue(DateTimeOffset now)
    {
        var due = new List<Reminder>();
        lock (_gate)
        {
            while (_waiting.TryPeek(out var reminder, out var at))
            {
                var current = ReferenceEquals(_all.GetValueOrDefault(reminder.Key), reminder);
                if (current && at > now)
                    return (due, at);
                _waiting.Dequeue();
                if (current)
                    due.Add(reminder);
            }
        }

        return (due, null);
    }
}
