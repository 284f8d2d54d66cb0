using System.Buffers;
using System.IO.Pipelines;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Diagnostics;
using SmartCommunity.Mqtt.Server.Sessions;
using SmartCommunity.Mqtt.Writing;

namespace SmartCommunity.Mqtt.Server.Connections;

/// <summary>
/// The only writer of a connection. Answers (acknowledgements, pings, SUBACK…) collect in a buffer and always go before messages, of which at most
/// <see cref="DataPerFlush"/> bytes go at a time; each round is one flush.
/// </summary>
internal sealed class ConnectionWriter(PipeWriter output, MqttServerOptions options, TimeProvider time, ServerMetrics metrics)
{
    private const int DataPerFlush = 64 * 1024;
    private const int KeptCapacity = 16 * 1024;

    private readonly Lock _lock = new();
    private readonly WakeSignal _wake = new();
    private ArrayBufferWriter<byte> _answers = new();
    private ArrayBufferWriter<byte> _spare = new();
    private MessageWriter? _messages;
    private long _flushStarted;
    private long _answerBytes;
    private volatile bool _stopping;

    /// <summary>The version that is written; set before the first answer.</summary>
    public MqttVersion Version { get; set; } = MqttVersion.V311;

    /// <summary>Set whenever answers have left.</summary>
    public WakeSignal Room { get; } = new();

    /// <summary>Whether so many answers wait that the connection must not be read.</summary>
    public bool IsCongested => _answers.WrittenCount > options.MaxPendingAnswerBytes;

    /// <summary>When the flush that is under way began, as a timestamp of the time provider; 0 when none is.</summary>
    public long FlushStarted => Volatile.Read(ref _flushStarted);

    /// <summary>Messages written so far.</summary>
    public long MessagesOut => _messages?.Written ?? 0;

    /// <summary>Bytes written so far.</summary>
    public long BytesOut => Volatile.Read(ref _answerBytes) + (_messages?.WrittenBytes ?? 0);

    /// <summary>Starts to write the messages of a session, with as many topic aliases as the client takes and the endpoint gives.</summary>
    public void Serve(Session session, uint? maximumPacketSize, int topicAliasMaximum)
    {
        var limit = (int)Math.Min(maximumPacketSize ?? int.MaxValue, int.MaxValue);
        var aliases = new OutgoingAliases(Math.Min(topicAliasMaximum, options.TopicAliasMaximum));
        _messages = new MessageWriter(output, Version, session.Outgoing, limit, aliases, time, metrics);
        Wake();
    }

    /// <summary>Queues acknowledgements; the caller wakes the writer.</summary>
    public void Answer(ReadOnlySpan<AckPacket> acks)
    {
        lock (_lock)
        {
            foreach (ref readonly var ack in acks) PacketWriter.Write(_answers, Version, in ack);
        }
    }

    /// <summary>Queues an answer, and wakes the writer.</summary>
    public void Answer(Action<IBufferWriter<byte>, MqttVersion> write)
    {
        lock (_lock) write(_answers, Version);
        Wake();
    }

    /// <summary>There is something to write, or something may be written now.</summary>
    public void Wake() => _wake.Set();

    /// <summary>Writes the answers that wait, and then ends.</summary>
    public void Stop()
    {
        _stopping = true;
        Wake();
        Room.Set();
    }

    /// <summary>Runs until it is stopped or the client's side is gone.</summary>
    public async Task RunAsync()
    {
        while (true)
        {
            var last = _stopping;
            var wrote = WriteAnswers();
            if (!last && _messages is { } messages) wrote |= messages.Write(DataPerFlush);
            if (wrote)
            {
                if (!await FlushAsync()) return;
            }
            else if (last)
            {
                return;
            }
            else
            {
                await _wake.WaitAsync();
            }
        }
    }

    private bool WriteAnswers()
    {
        ArrayBufferWriter<byte> full;
        lock (_lock)
        {
            if (_answers.WrittenCount == 0) return false;
            full = _answers;
            _answers = _spare;
            _spare = full;
        }

        output.Write(full.WrittenSpan);
        Volatile.Write(ref _answerBytes, _answerBytes + full.WrittenCount);
        if (full.Capacity > KeptCapacity) _spare = new ArrayBufferWriter<byte>();
        else full.ResetWrittenCount();
        Room.Set();
        return true;
    }

    private async ValueTask<bool> FlushAsync()
    {
        var flush = output.FlushAsync(CancellationToken.None);
        if (flush.IsCompletedSuccessfully) return !flush.GetAwaiter().GetResult().IsCompleted;
        Volatile.Write(ref _flushStarted, Math.Max(1, time.GetTimestamp()));
        var result = await flush;
        Volatile.Write(ref _flushStarted, 0);
        return !result.IsCompleted;
    }
}
