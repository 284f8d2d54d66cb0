using System.Buffers;
using SmartCommunity.Gateway.Decoding;

namespace SmartCommunity.Gateway.Receiving;

/// <summary>What decoding one message needs and the next one can use again: one per thread, more only while the journal pushes back.</summary>
internal sealed class ReceiveScratch
{
    // A rare large message must not make every thread keep a buffer of its size.
    private const int MaxKept = 256 << 10;

    [ThreadStatic]
    private static ReceiveScratch? _kept;

    internal EventBatchBuilder Builder { get; } = new();

    internal ArrayBufferWriter<byte> Encoded { get; } = new(1024);

    internal static ReceiveScratch Take()
    {
        var scratch = _kept ?? new ReceiveScratch();
        _kept = null;
        return scratch;
    }

    /// <summary>The buffer is not used any more.</summary>
    internal void Return()
    {
        if (Encoded.Capacity > MaxKept)
            return;
        Builder.Clear();
        Encoded.ResetWrittenCount();
        _kept = this;
    }
}
