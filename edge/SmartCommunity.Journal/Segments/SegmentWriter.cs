namespace SmartCommunity.Journal;

/// <summary>The segment that is written to.</summary>
internal sealed class SegmentWriter(Segment segment, IJournalFile file, long position) : IDisposable
{
    private readonly long _capacity = file.Length;
    private long _position = position;

    internal Segment Segment { get; } = segment;

    internal bool Fits(int bytes) => _position + bytes <= _capacity;

    internal void Write(ReadOnlySpan<byte> bytes)
    {
        file.Write(_position, bytes);
        _position += bytes.Length;
    }

    internal void Flush() => file.Flush();

    /// <summary>Gives back the zeros that were not needed. Called when the next segment exists, which shows that this one is complete.</summary>
    internal void Shorten() => file.SetLength(_position);

    public void Dispose() => file.Dispose();
}
