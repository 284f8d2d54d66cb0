using System.Buffers;
using System.Diagnostics;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Framing;

/// <summary>
/// Cuts what came from a socket into control packets. One per connection. A packet inside one segment is handed out as a slice of it; one
/// that crosses segments is copied once into a pooled array.
/// </summary>
/// <param name="maxPacketSize">The largest packet in bytes that is accepted, fixed header included.</param>
public sealed class FrameReader(int maxPacketSize) : IDisposable
{
    private ReadOnlySequence<byte> _rest;
    private ReadOnlyMemory<byte> _segment;
    private byte[]? _joined;

    /// <summary>The largest packet in bytes that is accepted; may be raised after sign-in.</summary>
    public int MaxPacketSize { get; set; } = maxPacketSize;

    /// <summary>Everything before this position has been handed out.</summary>
    public SequencePosition Consumed => _rest.GetPosition(_rest.First.Length - _segment.Length);

    /// <summary>Whether bytes are left that do not make a whole packet yet.</summary>
    public bool HasPartialFrame => _rest.Length > _rest.First.Length - _segment.Length;

    /// <summary>Starts on the bytes of one read, which begin where <see cref="Consumed"/> of the last read ended.</summary>
    /// <param name="buffer">Stays owned by the pipe; must stay valid until the caller advances it.</param>
    public void Load(in ReadOnlySequence<byte> buffer)
    {
        ReleaseJoined();
        _rest = buffer;
        _segment = buffer.First;
    }

    /// <summary>Reads the next packet; false when more bytes are needed.</summary>
    /// <exception cref="MqttProtocolException">The fixed header breaks the protocol or the size limit.</exception>
    public bool TryRead(out Frame frame)
    {
        if (FrameHeader.TryRead(_segment.Span, MaxPacketSize, out var header) && header.Size + header.BodyLength <= _segment.Length)
        {
            var size = header.Size + header.BodyLength;
            frame = new Frame(header.First, _segment.Slice(header.Size, header.BodyLength), size);
            _segment = _segment[size..];
            return true;
        }

        return TryReadAcross(out frame);
    }

    /// <summary>Gives the pooled array back and lets go of the pipe's memory.</summary>
    public void Dispose()
    {
        ReleaseJoined();
        _rest = default;
        _segment = default;
    }

    private bool TryReadAcross(out Frame frame)
    {
        frame = default;
        MoveTo(Consumed);
        Span<byte> start = stackalloc byte[FrameHeader.MaxSize];
        var peeked = (int)Math.Min(start.Length, _rest.Length);
        _rest.Slice(0, peeked).CopyTo(start);
        if (!FrameHeader.TryRead(start[..peeked], MaxPacketSize, out var header)) return false;
        var size = header.Size + header.BodyLength;
        if (_rest.Length < size) return false;

        ReleaseJoined();
        var body = _rest.Slice(header.Size, header.BodyLength);
        frame = new Frame(header.First, Join(body), size);
        MoveTo(body.End);
        return true;
    }

    private void MoveTo(SequencePosition position)
    {
        _rest = _rest.Slice(position);
        _segment = _rest.First;
    }

    private ReadOnlyMemory<byte> Join(in ReadOnlySequence<byte> body)
    {
        if (body.IsSingleSegment) return body.First;
        var length = (int)body.Length;
        _joined = ArrayPool<byte>.Shared.Rent(length);
        body.CopyTo(_joined);
        return _joined.AsMemory(0, length);
    }

    private void ReleaseJoined()
    {
        if (_joined is not { } array) return;
        _joined = null;
        PoisonInDebug(array);
        ArrayPool<byte>.Shared.Return(array);
    }

    [Conditional("DEBUG")]
    private static void PoisonInDebug(byte[] array) => array.AsSpan().Fill(0xDD);
}
