using System.Buffers;
using SmartCommunity.Events;
using SmartCommunity.Events.Batches;
using SmartCommunity.Events.Ids;
using SmartCommunity.Journal;
using SmartCommunity.Stores.DeadLetters;

namespace SmartCommunity.Grains.Ingest;

/// <summary>Cuts a gateway's batch into one part per place. A record that speaks for several places goes to each of them whole.</summary>
internal sealed class PartSplitter(GatewayBatch batch, Func<DeviceId, PlaceCursor?> findPlace, DateTimeOffset now)
{
    private readonly Dictionary<PlaceCursor, PartBuffer> _parts = [];
    private readonly List<DeviceId> _devices = [];

    /// <summary>The parts, in the order in which the batch first names their places.</summary>
    public IReadOnlyDictionary<PlaceCursor, PartBuffer> Parts => _parts;

    /// <summary>What the gateway did not understand, and what belongs to no place.</summary>
    public List<StoredDeadLetter> DeadLetters { get; } = [];

    /// <exception cref="JournalDamagedException">The records were damaged on their way.</exception>
    public void Split()
    {
        var records = new JournalRecordReader(batch.Records.Span);
        var start = 0;
        while (records.TryRead(out var sequence, out var payload))
        {
            Route(sequence, payload, batch.Records.Span[start..records.Consumed]);
            start = records.Consumed;
        }
    }

    private void Route(long sequence, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> record)
    {
        _devices.Clear();
        bool hasDeadLetter;
        try
        {
            EventBatchCodec.Peek(payload, _devices, out hasDeadLetter);
            if (hasDeadLetter && EventBatchCodec.Read(payload) is { DeadLetter: { } letter } whole)
            {
                DeadLetters.Add(new(batch.Gateway, sequence, whole.ReceivedAt, letter));
            }
        }
        catch (EventFormatException exception)
        {
            Bury(sequence, payload, null, exception.Message);
            return;
        }

        foreach (var device in _devices)
        {
            if (findPlace(device) is { } place)
            {
                AppendOnce(place, sequence, record);
            }
            else
            {
                Bury(sequence, payload, device, $"The device {device} is in no community.");
            }
        }
    }

    private void AppendOnce(PlaceCursor place, long sequence, ReadOnlySpan<byte> record)
    {
        if (!_parts.TryGetValue(place, out var part))
        {
            _parts[place] = part = new(sequence);
        }

        part.AppendOnce(sequence, record);
    }

    private void Bury(long sequence, ReadOnlySpan<byte> payload, DeviceId? device, string reason) =>
        DeadLetters.Add(new(batch.Gateway, sequence, now, new("(journal record)", payload.ToArray(), device, "ingest", reason)));
}

/// <summary>The records of one part.</summary>
internal sealed class PartBuffer(long first)
{
    private readonly ArrayBufferWriter<byte> _records = new(1024);

    public long First { get; } = first;

    public long Last { get; private set; }

    public ReadOnlyMemory<byte> Records => _records.WrittenMemory;

    public void AppendOnce(long sequence, ReadOnlySpan<byte> record)
    {
        if (sequence != Last)
        {
            _records.Write(record);
            Last = sequence;
        }
    }
}
