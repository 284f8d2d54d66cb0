using System.Buffers;

namespace SmartCommunity.Journal;

/// <summary>A run of records as one buffer, in the journal's record format. Whoever got it from the reader owns it, until it is disposed.</summary>
public sealed class JournalBatch : IDisposable
{
    private byte[]? _buffer;
    private readonly int _length;

    internal JournalBatch(byte[] buffer, int length, long firstSequence, long lastSequence, int count)
    {
        _buffer = buffer;
        _length = length;
        FirstSequence = firstSequence;
        LastSequence = lastSequence;
        Count = count;
    }

    /// <summary>The first record's sequence.</summary>
    public long FirstSequence { get; }

    /// <summary>The last record's sequence.</summary>
    public long LastSequence { get; }

    /// <summary>How many records there are.</summary>
    public int Count { get; }

    /// <summary>The records; not to be used after <see cref="Dispose"/>, which gives the buffer back to a pool.</summary>
    /// <exception cref="ObjectDisposedException">The batch was disposed.</exception>
    public ReadOnlyMemory<byte> Records => (_buffer ?? throw new ObjectDisposedException(nameof(JournalBatch))).AsMemory(0, _length);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is not { } buffer)
            return;
#if DEBUG
        buffer.AsSpan().Fill(0xDB);
#endif
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
