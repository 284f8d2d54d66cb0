using Microsoft.Extensions.Logging;
using SmartCommunity.Journal;

namespace SmartCommunity.Mqtt.Server.Persistence;

/// <summary>
/// Keeps the log short: when it has grown enough, what is on disk is read again in the background, written as a snapshot, and released. It touches
/// nothing of the running endpoint, and costs memory like the live state while it runs.
/// </summary>
internal sealed class StateCompactor(
    IJournalStorage storage, DurableJournal journal, StateLoader loader, MqttServerOptions options, string name, ILogger logger) : IDisposable
{
    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;
    private long _grown;
    private long _next;
    private bool _closed;

    /// <summary>Bytes in the log that no snapshot holds.</summary>
    public long Grown => Interlocked.Read(ref _grown);

    /// <summary>Takes the state as it was loaded. A damaged or long log is replaced at once.</summary>
    public void Begin(StateImage image, StateLoader loaded)
    {
        Interlocked.Exchange(ref _grown, loaded.ReplayedBytes);
        Plan();
        if (loaded.IsDamaged || Grown >= _next) Try(() => Write(image, Grown));
    }

    /// <summary>A record was appended.</summary>
    public void Appended(int bytes, bool mayCompact)
    {
        if (Interlocked.Add(ref _grown, JournalRecords.SizeOf(bytes)) < Volatile.Read(ref _next) || !mayCompact) return;
        lock (_lock)
        {
            if (_closed || !_running.IsCompleted) return;
            _running = Task.Run(() => Try(Compact));
        }
    }

    /// <summary>Writes a snapshot on this thread.</summary>
    public void CompactNow() => Try(Compact);

    /// <summary>Waits for a snapshot that is under way.</summary>
    public void Dispose()
    {
        Task running;
        lock (_lock)
        {
            _closed = true;
            running = _running;
        }

        running.GetAwaiter().GetResult();
    }

    private void Compact()
    {
        var grown = Grown;
        Write(loader.Build(journal), grown);
    }

    private void Write(StateImage image, long grown)
    {
        var old = loader.SnapshotThrough;
        if (image.Through == 0) return;
        loader.SnapshotBytes = SnapshotFile.Write(storage, image);
        loader.SnapshotThrough = image.Through;
        var released = journal.TrimThrough(image.Through);
        if (old > 0 && old != image.Through) storage.Delete(SnapshotFile.NameOf(old));
        Interlocked.Add(ref _grown, -grown);
        logger.SnapshotWritten(loader.SnapshotBytes, image.Through, released);
    }

    private void Try(Action write)
    {
        try
        {
            write();
            Plan();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or StateFormatException)
        {
            logger.SnapshotFailed(name, failure);
            // Not with the next record again: the disk is likely full.
            Volatile.Write(ref _next, Grown + options.StateCompactionBytes);
        }
    }

    // Well before the log has taken all of the disk that it may: a full log takes no record, and so would never be replaced.
    private void Plan() => Volatile.Write(ref _next, Math.Min(
        Math.Max(options.StateCompactionBytes, (long)(options.StateGrowthFactor * loader.SnapshotBytes)), options.MaxStateDiskBytes / 2));
}
