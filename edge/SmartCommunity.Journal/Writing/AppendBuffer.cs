namespace SmartCommunity.Journal;

/// <summary>Where appended records wait for the next flush: one batch fills while the one before it is written.</summary>
internal sealed class AppendBuffer
{
    // 256 KiB: some 500 to 1,000 usual records, so that a flush under load is a few large writes.
    private const int ChunkBytes = 256 << 10;

    // What a busy journal keeps for reuse; a backlog beyond it is left to the collector.
    private const int SpareChunks = 16;

    private readonly Lock _lock = new();
    private readonly Stack<RecordChunk> _spare = new();
    private readonly JournalOptions _options;
    private readonly int _chunkBytes;
    private PendingBatch _filling = new();
    private PendingBatch? _inFlight;
    private JournalFailedException? _failure;
    private long _lastSequence;

    internal AppendBuffer(JournalOptions options, long lastSequence)
    {
        _options = options;
        _lastSequence = lastSequence;
        _chunkBytes = Math.Min(ChunkBytes, options.SegmentBytes - SegmentFormat.HeaderBytes);
    }

    internal long LastSequence => Volatile.Read(ref _lastSequence);

    /// <summary>Bytes that are not on disk.</summary>
    internal long PendingBytes
    {
        get
        {
            lock (_lock)
                return Pending;
        }
    }

    private long Pending => _filling.Bytes + (_inFlight?.Bytes ?? 0);

    /// <summary>Appends, whatever waits already.</summary>
    internal long Append(ReadOnlySpan<byte> payload)
    {
        CheckSize(payload.Length);
        lock (_lock)
            return Add(payload);
    }

    /// <summary>Appends when the bytes that wait are within the limit.</summary>
    /// <param name="payload">Copied.</param>
    /// <param name="sequence">Its sequence, when appended.</param>
    /// <param name="room">Otherwise what to wait for before the next try.</param>
    internal bool TryAppend(ReadOnlySpan<byte> payload, out long sequence, out Task room)
    {
        CheckSize(payload.Length);
        lock (_lock)
        {
            if (Pending >= _options.MaxPendingBytes && _failure is null)
            {
                sequence = 0;
                room = (_inFlight ?? _filling).Done;
                return false;
            }

            sequence = Add(payload);
            room = Task.CompletedTask;
            return true;
        }
    }

    /// <summary>The batch whose completion makes a sequence durable, or brings it nearer.</summary>
    internal Task DoneOf(long sequence)
    {
        lock (_lock)
            return _inFlight is { } batch && sequence <= batch.LastSequence ? batch.Done : _filling.Done;
    }

    /// <summary>Takes the batch to write: the one that was interrupted, or all that waits; null when nothing does.</summary>
    internal PendingBatch? TakeBatch()
    {
        lock (_lock)
        {
            if (_inFlight is not null || _failure is not null)
                return _inFlight;
            if (_filling.Count == 0)
                return null;

            _inFlight = _filling;
            _filling = new PendingBatch();
            return _inFlight;
        }
    }

    /// <summary>Releases the batch that was taken, and those who wait for it.</summary>
    internal void Complete()
    {
        PendingBatch batch;
        lock (_lock)
        {
            batch = _inFlight!;
            _inFlight = null;
            foreach (var chunk in batch.Chunks)
            {
                if (chunk.Capacity != _chunkBytes || _spare.Count >= SpareChunks)
                    continue;
                chunk.Clear();
                _spare.Push(chunk);
            }
        }

        batch.Complete();
    }

    /// <summary>Refuses everything from now on; the first reason stays.</summary>
    internal void Fail(JournalFailedException reason)
    {
        lock (_lock)
        {
            _failure ??= reason;
            _inFlight?.Fail(_failure);
            _filling.Fail(_failure);
            _inFlight = null;
        }
    }

    private long Add(ReadOnlySpan<byte> payload)
    {
        if (_failure is not null)
            throw new JournalFailedException(_failure.Message, _failure);

        var sequence = _lastSequence + 1;
        var chunks = _filling.Chunks;
        if (chunks.Count == 0 || !chunks[^1].TryAppend(sequence, payload))
        {
            chunks.Add(NewChunk(payload.Length));
            _ = chunks[^1].TryAppend(sequence, payload);
        }

        _filling.Add(sequence, JournalRecords.SizeOf(payload.Length));
        Volatile.Write(ref _lastSequence, sequence);
        return sequence;
    }

    private RecordChunk NewChunk(int payloadBytes)
    {
        var needed = DurableMark.Bytes + JournalRecords.SizeOf(payloadBytes);
        if (needed > _chunkBytes)
            return new RecordChunk(needed);
        return _spare.TryPop(out var chunk) ? chunk : new RecordChunk(_chunkBytes);
    }

    private void CheckSize(int bytes)
    {
        if (bytes > _options.MaxRecordBytes)
            throw new ArgumentException($"A record of {bytes} bytes is larger than MaxRecordBytes, {_options.MaxRecordBytes}.");
    }
}
