using Microsoft.Extensions.Logging;
using SmartCommunity.Journal;

namespace SmartCommunity.Mqtt.Server.Persistence;

/// <summary>
/// The sessions' state on disk: a journal of records, and now and then a snapshot of what they amount to, behind which the journal is released.
/// Nothing may be appended before <see cref="Open"/>. Thread-safe.
/// </summary>
/// <param name="openStorage">Opens the folder.</param>
/// <param name="name">The folder's name, for logs.</param>
/// <param name="options">The limits.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where findings go.</param>
/// <param name="ownThread">Whether it flushes and compacts by itself; a simulation calls <see cref="Flush"/> and <see cref="Compact"/> instead.</param>
internal sealed class StateStore(
    Func<IJournalStorage> openStorage, string name, MqttServerOptions options, TimeProvider time, ILogger logger, bool ownThread = true) : IDisposable
{
    /// <summary>The position of a record that was not taken, and so never becomes durable: whoever waits for it learns why.</summary>
    public const long Never = long.MaxValue;

    private DurableJournal? _journal;
    private StateCompactor? _compactor;
    private long _session;
    private long _message;
    private long _subscription;
    private int _troubleLogged;

    /// <summary>Everything up to this position is on disk.</summary>
    public long DurableThrough => _journal?.DurableThrough ?? 0;

    /// <summary>Whether so much waits for the disk that whoever causes more must wait as well.</summary>
    public bool IsCongested => _journal is { } journal && journal.PendingBytes >= options.MaxStatePendingBytes;

    /// <summary>The position of the last record that was appended.</summary>
    public long LastPosition => _journal?.LastSequence ?? 0;

    /// <summary>Bytes that wait for the disk.</summary>
    public long PendingBytes => _journal?.PendingBytes ?? 0;

    private DurableJournal Journal => _journal ?? throw new InvalidOperationException("The state is not open.");

    public long NextSession() => Interlocked.Increment(ref _session);

    public long NextMessage() => Interlocked.Increment(ref _message);

    public long NextSubscription() => Interlocked.Increment(ref _subscription);

    /// <summary>Reads what is there. Blocks; called once.</summary>
    /// <exception cref="IOException">The folder can not be used, or is in use by another process.</exception>
    public StateImage Open()
    {
        var storage = openStorage();
        var start = time.GetTimestamp();
        var loader = new StateLoader(storage, name, logger);
        _journal = DurableJournal.Open(storage, Settings(loader.SnapshotThrough), time);
        var image = loader.Load(_journal);
        (_session, _message, _subscription) = (image.Last.Session, image.Last.Message, image.Last.Subscription);
        _compactor = new StateCompactor(storage, _journal, loader, options, name, logger);
        logger.StateRestored(
            image.Sessions.Count, image.Messages.Count, image.Retained.Count, name, (long)time.GetElapsedTime(start).TotalMilliseconds, loader.Replayed);
        _compactor.Begin(image, loader);
        return image;
    }

    /// <summary>Appends a record without waiting.</summary>
    /// <returns>The position that <see cref="DurableThrough"/> reaches when it is on disk; <see cref="Never"/> when nothing can be written any more.</returns>
    public long Append(RecordWriter record)
    {
        try
        {
            var position = Journal.Append(record.Written);
            _compactor!.Appended(record.Written.Length, ownThread);
            if (Journal.State == JournalState.DiskFull) Trouble("the disk is full");
            return position;
        }
        catch (JournalFailedException failure)
        {
            Trouble(failure.Message);
            return Never;
        }
    }

    /// <summary>Completes when a position is on disk.</summary>
    /// <exception cref="IOException">It will not get there.</exception>
    public ValueTask WaitUntilDurableAsync(long position, CancellationToken cancellationToken) =>
        position <= DurableThrough ? default : Journal.WaitUntilDurableAsync(position, cancellationToken);

    /// <summary>Completes when the disk has caught up.</summary>
    /// <exception cref="IOException">It will not.</exception>
    public async ValueTask WaitForRoomAsync(CancellationToken cancellationToken)
    {
        while (IsCongested) await Journal.WaitUntilDurableAsync(Journal.LastSequence, cancellationToken);
    }

    /// <summary>Brings what waits to the disk, where there is no thread that does.</summary>
    public bool Flush() => Journal.FlushPending();

    /// <summary>Writes a snapshot now, on this thread.</summary>
    public void Compact() => _compactor!.CompactNow();

    /// <summary>Writes what waits, and closes.</summary>
    public void Dispose()
    {
        _compactor?.Dispose();
        _journal?.Dispose();
    }

    private JournalOptions Settings(long snapshotThrough)
    {
        // A record lies in one segment: the largest message, and its name twice as long on disk as on the wire at most.
        var segment = (int)Math.Min(Math.Max(options.StateSegmentBytes, 2L * options.MaxPacketSize + 256 * 1024), 1L << 30);
        return new JournalOptions
        {
            SegmentBytes = segment,
            MaxRecordBytes = segment - 4096,
            MaxDiskBytes = Math.Max(options.MaxStateDiskBytes, 2L * segment),
            TakenOverThrough = snapshotThrough,
            OnDamage = DamagePolicy.KeepWhole,
            OwnThread = ownThread,
        };
    }

    private void Trouble(string reason)
    {
        if (Interlocked.Exchange(ref _troubleLogged, 1) == 0) logger.StateFailed(name, reason);
    }
}
