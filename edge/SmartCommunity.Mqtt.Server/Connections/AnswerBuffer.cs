using System.Buffers;

namespace SmartCommunity.Mqtt.Server.Connections;

/// <summary>Collects bytes in a pooled array, which it has only while there are some. Not thread-safe.</summary>
internal sealed class AnswerBuffer : IBufferWriter<byte>
{
    private const int LeastSize = 256;
    private byte[] _bytes = [];

    /// <summary>How many bytes it holds.</summary>
    public int Count { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Count);

    public void Advance(int count) => Count += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(Count);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(Count);
    }

    /// <summary>Takes back what was written beyond this many bytes.</summary>
    public void Truncate(int count) => Count = count;

    /// <summary>Empties it and gives the array back.</summary>
    public void Release()
    {
        Count = 0;
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private void Reserve(int sizeHint)
    {
        var needed = Count + Math.Max(1, sizeHint);
        if (needed <= _bytes.Length) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(LeastSize, Math.Max(needed, _bytes.Length * 2)));
        Written.CopyTo(larger);
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
