using Microsoft.Extensions.Logging;
using SmartCommunity.Journal;

namespace SmartCommunity.Mqtt.Server.Persistence;

/// <summary>Builds the image of what is on disk: the newest snapshot, and the journal behind it.</summary>
internal sealed class StateLoader(IJournalStorage storage, string name, ILogger logger)
{
    private const int ReadBytes = 1 << 20;

    /// <summary>The journal sequence through which the newest snapshot tells the state; 0 when there is none.</summary>
    public long SnapshotThrough { get; set; } = Newest(storage);

    /// <summary>The length of that snapshot in bytes.</summary>
    public long SnapshotBytes { get; set; }

    /// <summary>How many records the last load took from the journal.</summary>
    public long Replayed { get; private set; }

    /// <summary>Their length in bytes.</summary>
    public long ReplayedBytes { get; private set; }

    /// <summary>Whether something was not as it was written.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>Loads at the start, and reports what is wrong.</summary>
    public StateImage Load(DurableJournal journal)
    {
        if (journal.Recovery.Tail is { } tail) logger.StateTailCut(tail.Bytes, tail.Segment);
        // What the snapshot tells already was lost before it, and reported then.
        foreach (var damage in journal.Recovery.Damages.Where(d => d.LostThrough > SnapshotThrough)) Damaged(damage.ToString());
        return Build(journal);
    }

    /// <summary>Builds the image of everything that is on disk now.</summary>
    /// <exception cref="IOException">A file can not be read.</exception>
    public StateImage Build(DurableJournal journal)
    {
        var image = new StateImage();
        if (SnapshotThrough > 0) ReadSnapshot(image);
        Replay(journal, image);
        return image;
    }

    private static long Newest(IJournalStorage storage)
    {
        var newest = 0L;
        foreach (var file in storage.List())
        {
            if (SnapshotFile.TryParseName(file, out var through)) newest = Math.Max(newest, through);
        }

        return newest;
    }

    private void ReadSnapshot(StateImage image)
    {
        var found = SnapshotFile.Read(storage, SnapshotThrough, image);
        SnapshotBytes = found.Bytes;
        if (!found.IsWhole) Damaged($"snapshot '{SnapshotFile.NameOf(SnapshotThrough)}' has {found.Damaged} damaged records or ends early");
    }

    private void Replay(DurableJournal journal, StateImage image)
    {
        Replayed = 0;
        ReplayedBytes = 0;
        var from = Math.Max(image.Through + 1, journal.FirstSequence);
        if (from > image.Through + 1) Damaged($"records {image.Through + 1} to {from - 1} are missing");
        using var reader = journal.OpenReader(from);
        while (reader.TryRead(ReadBytes) is { } batch)
        {
            using (batch) Replay(batch, image);
        }
    }

    private void Replay(JournalBatch batch, StateImage image)
    {
        var records = new JournalRecordReader(batch.Records.Span);
        while (records.TryRead(out var sequence, out var payload))
        {
            try
            {
                image.Apply(payload);
            }
            catch (StateFormatException wrong)
            {
                Damaged($"record {sequence} is not understood: {wrong.Message}");
            }

            image.Through = sequence;
            Replayed++;
            ReplayedBytes += JournalRecords.SizeOf(payload.Length);
        }
    }

    private void Damaged(string what)
    {
        IsDamaged = true;
        logger.StateDamaged(name, what);
    }
}
