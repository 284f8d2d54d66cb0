using System.Collections.Concurrent;
using Orleans;
using Orleans.Runtime;
using SmartCommunity.Orleans.InProcess.Activations;
using SmartCommunity.Orleans.InProcess.Catalog;
using SmartCommunity.Orleans.InProcess.Hosting;

namespace SmartCommunity.Orleans.InProcess.Reminders;

/// <summary>Keeps reminders in the table and delivers them: each tick at least once, at the time that was first promised.</summary>
internal sealed class ReminderService : IDisposable
{
    /// <summary>The longest that the service sleeps, so that a clock that was set is noticed.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    /// <summary>When the clock moved by more while the timer was set, the time to sleep was worked out from one that had passed.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(100);

    private readonly IReminderTable _table;
    private readonly ActivationDirectory _directory;
    private readonly GrainCatalog _catalog;
    private readonly ActivationHost _host;
    private readonly ReminderSchedule _schedule = new();
    private readonly SemaphoreSlim _slots;
    private readonly SemaphoreSlim[] _writing = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];
    private readonly ConcurrentDictionary<Task, bool> _deliveries = new();
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private Task? _loaded;
    private volatile bool _delivers;

    public ReminderService(IReminderTable table, ActivationDirectory directory, GrainCatalog catalog, ActivationHost host)
    {
        _table = table;
        _directory = directory;
        _catalog = catalog;
        _host = host;
        _slots = new(host.Options.MaxConcurrentReminders);
        _timer = host.Time.CreateTimer(static self => ((ReminderService)self!).DeliverDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Begins to deliver. What was missed meanwhile is delivered at once, each reminder once.</summary>
    public async Task StartAsync()
    {
        await LoadedAsync();
        _delivers = true;
        DeliverDue();
    }

    /// <summary>Delivers no more, and waits for the ticks on their way.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _delivers = false;
        using var time = new CancellationTokenSource(_host.Options.ShutdownTimeout, _host.Time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        await Task.WhenAll(_deliveries.Keys).WaitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async Task<IGrainReminder> RegisterAsync(GrainId grainId, string name, TimeSpan dueTime, TimeSpan period)
    {
        await LoadedAsync();
        var first = _host.Time.GetUtcNow() + dueTime;
        var reminder = new Reminder(new(grainId, name, first, period, first));
        using (await WriteAsync(reminder.Key))
        {
            await _table.UpsertAsync(reminder.Entry, CancellationToken.None);
            _schedule.Put(reminder);
        }

        DeliverDue();
        return reminder;
    }

    /// <exception cref="ReminderException">It is not the current one.</exception>
    public async Task UnregisterAsync(GrainId grainId, IGrainReminder handle)
    {
        await LoadedAsync();
        using var _ = await WriteAsync((grainId, handle.ReminderName));
        if (handle is not Reminder reminder || reminder.Entry.GrainId != grainId || !_schedule.IsCurrent(reminder))
            throw new ReminderException($"Reminder {handle.ReminderName} of grain {grainId} has been removed or replaced already.");
        await _table.DeleteAsync(grainId, reminder.ReminderName, CancellationToken.None);
        _schedule.Remove(reminder);
    }

    public async Task<IGrainReminder?> FindAsync(GrainId grainId, string name)
    {
        await LoadedAsync();
        return _schedule.Find(grainId, name);
    }

    public async Task<List<IGrainReminder>> OfAsync(GrainId grainId)
    {
        await LoadedAsync();
        return [.. _schedule.Of(grainId)];
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>The table is read once; when that fails, whoever asks next tries again. Not on the turn of the grain that asks first.</summary>
    private Task LoadedAsync()
    {
        lock (_gate)
        {
            if (_loaded is null || _loaded.IsFaulted)
                _loaded = Task.Run(LoadAsync);
            return _loaded;
        }
    }

    private async Task LoadAsync()
    {
        var entries = await _table.ReadAllAsync(CancellationToken.None);
        var now = _host.Time.GetUtcNow();
        foreach (var entry in entries)
            _schedule.Put(new(entry));
        _host.Logger.RemindersStarted(entries.Count, entries.Count(entry => entry.NextDueAt <= now));
    }

    /// <summary>Sends off what is due, and sleeps until the next.</summary>
    private void DeliverDue()
    {
        if (!_delivers)
            return;
        lock (_gate)
        {
            DateTimeOffset now;
            do
            {
                now = _host.Time.GetUtcNow();
                var (due, next) = _schedule.TakeDue(now);
                foreach (var reminder in due)
                    Track(Task.Run(() => DeliverAsync(reminder)));
                var sleep = next is null ? Timeout.InfiniteTimeSpan : next.Value - now < LongestSleep ? next.Value - now : LongestSleep;
                _timer.Change(sleep, Timeout.InfiniteTimeSpan);
            }
            while (_host.Time.GetUtcNow() - now > Late);
        }
    }

    private void Track(Task delivery)
    {
        _deliveries.TryAdd(delivery, true);
        _ = delivery.ContinueWith(done => _deliveries.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private async Task DeliverAsync(Reminder reminder)
    {
        await _slots.WaitAsync();
        try
        {
            // Both are looked at again, because the wait may have been long.
            if (!_delivers || !_schedule.IsCurrent(reminder))
                return;
            var now = _host.Time.GetUtcNow();
            if (await TickAsync(reminder.Entry, now))
                await AdvanceAsync(reminder, NextAfter(reminder.Entry, now));
        }
        finally
        {
            _slots.Release();
        }

        DeliverDue();
    }

    /// <summary>Calls the grain; false when there is none to call, or not now, so that the tick stays due.</summary>
    private async Task<bool> TickAsync(ReminderEntry entry, DateTimeOffset now)
    {
        var grain = _catalog.Find(entry.GrainId.Type);
        if (grain is null || !grain.Implements(typeof(IRemindable)))
        {
            var why = grain is null ? "no grain class has that grain type" : $"{grain.Type} does not implement {nameof(IRemindable)}";
            _host.Logger.ReminderWithoutGrain(entry.Name, entry.GrainId.ToString(), why);
            return false;
        }

        try
        {
            var remindable = (IRemindable)(object)_directory.Reference(entry.GrainId, typeof(IRemindable));
            await remindable.ReceiveReminder(entry.Name, new(entry.FirstDueAt.UtcDateTime, entry.Period, now.UtcDateTime));
            _host.Metrics.ReminderDelivered(grain);
        }
        catch (SiloUnavailableException)
        {
            return false;
        }
        catch (Exception exception)
        {
            _host.Logger.ReminderFailed(entry.Name, entry.GrainId.ToString(), NextAfter(entry, now).NextDueAt, exception);
        }

        return true;
    }

    /// <summary>The first whole period after now: ticks that fell due meanwhile were made good by this one.</summary>
    private static ReminderEntry NextAfter(ReminderEntry entry, DateTimeOffset now)
    {
        var periods = Math.Max(1, ((now - entry.NextDueAt).Ticks / entry.Period.Ticks) + 1);
        return entry with { NextDueAt = entry.NextDueAt + (entry.Period * periods) };
    }

    private async Task AdvanceAsync(Reminder reminder, ReminderEntry next)
    {
        using var _ = await WriteAsync(reminder.Key);
        if (!_schedule.IsCurrent(reminder))
            return;
        try
        {
            await _table.UpsertAsync(next, CancellationToken.None);
        }
        catch (Exception exception)
        {
            _host.Logger.ReminderNotStored(next.Name, next.GrainId.ToString(), exception);
        }

        _schedule.Advance(reminder, next);
    }

    /// <summary>Writes of one reminder come one after the other.</summary>
    private async Task<Writing> WriteAsync((GrainId, string) key)
    {
        var writing = _writing[(uint)key.GetHashCode() % (uint)_writing.Length];
        await writing.WaitAsync();
        return new(writing);
    }

    private readonly struct Writing(SemaphoreSlim held) : IDisposable
    {
        public void Dispose() => held.Release();
    }
}
