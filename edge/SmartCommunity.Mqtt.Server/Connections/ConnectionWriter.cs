using System.Buffers;
using System.IO.Pipelines;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Server.Sessions;
using SmartCommunity.Mqtt.Writing;

namespace SmartCommunity.Mqtt.Server.Connections;

/// <summary>
/// The only writer of a connection. Answers (acknowledgements, pings, SUBACK…) collect in a buffer and always go before messages, of which at most
/// <see cref="DataPerFlush"/> bytes go at a time; each round is one flush. It runs only while there is something to write, so that a silent connection
/// has no task waiting.
/// </summary>
internal sealed class ConnectionWriter(Connection connection, PipeWriter output) : IThreadPoolWorkItem
{
    private const int DataPerFlush = 64 * 1024;

    // Nothing to write → writing → something came meanwhile. After the end it stays in writing for ever, and wakes are nothing.
    private const int Idle = 0;
    private const int Running = 1;
    private const int Again = 2;

    private readonly Lock _lock = new();
    private AnswerBuffer _answers = new();
    private AnswerBuffer _spare = new();
    private MessageWriter? _messages;
    private WakeSignal? _room;
    private TaskCompletionSource? _ended;
    private long _flushStarted;
    private long _answerBytes;
    private int _state;
    private volatile bool _stopping;
    private volatile bool _isOver;

    /// <summary>The version that is written; set before the first answer.</summary>
    public MqttVersion Version { get; set; } = MqttVersion.V311;

    /// <summary>The largest packet in bytes that the client takes; what is larger is not written [MQTT-3.1.2-24].</summary>
    public int MaxPacketSize { get; set; } = int.MaxValue;

    /// <summary>Whether failing answers come with a text [MQTT-3.1.2-29].</summary>
    public bool Explains { get; set; }

    /// <summary>Whether CONNACK and DISCONNECT come with a text.</summary>
    public bool ExplainsEnd { get; set; }

    /// <summary>Whether so many answers wait that the connection must not be read.</summary>
    public bool IsCongested => _answers.Count > connection.Parts.Options.MaxPendingAnswerBytes;

    /// <summary>When the flush that is under way began, as a timestamp of the time provider; 0 when none is.</summary>
    public long FlushStarted => Volatile.Read(ref _flushStarted);

    /// <summary>Messages written so far.</summary>
    public long MessagesOut => _messages?.Written ?? 0;

    /// <summary>Bytes written so far.</summary>
    public long BytesOut => Volatile.Read(ref _answerBytes) + (_messages?.WrittenBytes ?? 0);

    /// <summary>Whether the client's side was gone before everything was written.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Starts to write the messages of a session, with as many topic aliases as the client takes and the endpoint gives.</summary>
    public void Serve(Session session, int topicAliasMaximum)
    {
        var (options, time, metrics) = (connection.Parts.Options, connection.Parts.Time, connection.Parts.Metrics);
        var aliases = new OutgoingAliases(Math.Min(topicAliasMaximum, options.TopicAliasMaximum));
        _messages = new MessageWriter(output, Version, session.Outgoing, MaxPacketSize, aliases, time, metrics);
        Wake();
    }

    /// <summary>Queues acknowledgements; the caller wakes the writer.</summary>
    public void Answer(ReadOnlySpan<AckPacket> acks)
    {
        lock (_lock)
        {
            foreach (ref readonly var ack in acks)
            {
                if (!(Explains && ack.Reason.IsError() && TryExplain(in ack))) PacketWriter.Write(_answers, Version, in ack);
            }
        }
    }

    /// <summary>Queues an answer, and wakes the writer.</summary>
    /// <returns>False when the client takes no packet of that size; nothing is written then.</returns>
    public bool Answer(Action<IBufferWriter<byte>, MqttVersion> write)
    {
        lock (_lock)
        {
            var start = _answers.Count;
            write(_answers, Version);
            if (_answers.Count - start > MaxPacketSize)
            {
                _answers.Truncate(start);
                return false;
            }
        }

        Wake();
        return true;
    }

    /// <summary>There is something to write, or something may be written now.</summary>
    public void Wake()
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if (state == Again) return;
            if (Interlocked.CompareExchange(ref _state, state == Idle ? Running : Again, state) != state) continue;
            if (state == Idle) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
            return;
        }
    }

    /// <summary>Completes when answers have left since the call, or at once when none wait.</summary>
    public ValueTask WaitForRoomAsync()
    {
        var room = _room ?? Interlocked.CompareExchange(ref _room, new WakeSignal(), null) ?? _room;
        Interlocked.MemoryBarrier();
        return IsCongested && !_isOver && connection.CloseReason is null ? room.WaitAsync() : default;
    }

    /// <summary>Wakes whoever waits for room.</summary>
    public void Release()
    {
        // Whoever waits has made the signal before it looked whether it must wait.
        Interlocked.MemoryBarrier();
        _room?.Set();
    }

    /// <summary>Writes the answers that wait, and ends. The task completes then, or when the client's side is gone.</summary>
    public Task StopAsync()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _ended, ended);
        if (_isOver) return Task.CompletedTask;
        _stopping = true;
        Wake();
        return ended.Task;
    }

    void IThreadPoolWorkItem.Execute() => _ = RunAsync();

    // The shell around the clean loop; nobody observes its task.
    private async Task RunAsync()
    {
        try
        {
            if (await WriteAsync()) return;
        }
        catch (Exception failure)
        {
            HasFailed = true;
            connection.WriterFailed(failure);
        }

        _isOver = true;
        Interlocked.MemoryBarrier();
        Volatile.Read(ref _ended)?.TrySetResult();
        Release();
        connection.Close(CloseReason.Gone);
    }

    // True: nothing is left to write, and a wake starts it again. False: it is over.
    private async ValueTask<bool> WriteAsync()
    {
        while (true)
        {
            var last = _stopping;
            var wrote = WriteAnswers();
            if (!last && _messages is { } messages) wrote |= messages.Write(DataPerFlush);
            if (wrote)
            {
                if (!await FlushAsync()) return false;
            }
            else if (last)
            {
                return false;
            }
            else if (Interlocked.CompareExchange(ref _state, Idle, Running) == Running)
            {
                return true;
            }
            else
            {
                Interlocked.Exchange(ref _state, Running);
            }
        }
    }

    private bool TryExplain(in AckPacket ack)
    {
        if (ReasonTexts.Of(ack.Reason) is not { } text) return false;
        var start = _answers.Count;
        PacketWriter.Write(_answers, Version, ack with { Details = text });
        if (_answers.Count - start <= MaxPacketSize) return true;
        _answers.Truncate(start);
        return false;
    }

    private bool WriteAnswers()
    {
        AnswerBuffer full;
        lock (_lock)
        {
            if (_answers.Count == 0) return false;
            full = _answers;
            _answers = _spare;
            _spare = full;
        }

        output.Write(full.Written);
        Volatile.Write(ref _answerBytes, _answerBytes + full.Count);
        full.Release();
        Release();
        return true;
    }

    private async ValueTask<bool> FlushAsync()
    {
        var flush = output.FlushAsync(CancellationToken.None);
        if (flush.IsCompletedSuccessfully) return !flush.GetAwaiter().GetResult().IsCompleted;
        var time = connection.Parts.Time;
        Volatile.Write(ref _flushStarted, Math.Max(1, time.GetTimestamp()));
        var result = await flush;
        Volatile.Write(ref _flushStarted, 0);
        return !result.IsCompleted;
    }
}
