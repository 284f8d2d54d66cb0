using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using SmartCommunity.Events;
using SmartCommunity.Events.Batches;
using SmartCommunity.Rules.Live;

namespace SmartCommunity.Rules.Checkpoints;

/// <summary>The clocks of a place.</summary>
/// <param name="Clock">How far time has passed.</param>
/// <param name="NextSweep">When what is long over is next forgotten.</param>
/// <param name="WatchedSince">From when silence counts.</param>
/// <param name="IsDriven">Whether time passes by being told so, not by input.</param>
internal readonly record struct StateClocks(long Clock, long NextSweep, long WatchedSince, bool IsDriven);

/// <summary>Writes the state of a place's rules.</summary>
/// <remarks>
/// <code>
/// state      = "SCR" version:u8 clock:i64 nextSweep:i64 watchedSince:i64 driven:u8 devices:list(device) conditions:list(condition)
/// device     = id:text lastSeen:i64 toldAt:i64 silencesTold:i32 quietSince:i64
/// condition  = key:text rule:text kind:text phase:u8 phaseSince:i64 lastSignal:i64 recent:recent occurrence:opt(occurrence)
/// recent     = next:u8 hash:u64 × 8, or 255 when there is none
/// occurrence = since:i64 confirm:i64 expiresAt:i64 firstCause:text severity:u8 confidence:f64 lastReport:i64 reports:i32
///              value:opt(f64) detail:opt(text) alias:opt(text) sources:list(text) pending:bytes
/// list(x) = count:i32 x*    text, bytes = length:i32 byte*    opt(x) = 0:u8 | 1:u8 x    little endian, times in Unix ms, texts in UTF-8
/// </code>
/// <c>pending</c> is an event batch in its own format, or nothing. A reader refuses a version that it does not know.
/// </remarks>
internal readonly ref struct StateWriter(IBufferWriter<byte> destination)
{
    public const byte Version = 1;
    public const byte NoRecent = 255;

    public static ReadOnlySpan<byte> Magic => "SCR"u8;

    public void Write(StateClocks clocks, ReadOnlySpan<DeviceState> devices, IReadOnlyCollection<Condition> conditions)
    {
        destination.Write(Magic);
        WriteByte(Version);
        WriteInt64(clocks.Clock);
        WriteInt64(clocks.NextSweep);
        WriteInt64(clocks.WatchedSince);
        WriteByte(clocks.IsDriven ? (byte)1 : (byte)0);
        WriteInt32(devices.Length);
        foreach (var device in devices)
        {
            WriteText(device.Plan.Facts.Id.Value);
            WriteInt64(device.LastSeen);
            WriteInt64(device.ToldAt);
            WriteInt32(device.SilencesTold);
            WriteInt64(device.QuietSince);
        }

        WriteInt32(conditions.Count);
        foreach (var condition in conditions)
        {
            WriteCondition(condition);
        }
    }

    private void WriteCondition(Condition condition)
    {
        WriteText(condition.Key);
        WriteText(condition.Rule.Definition.Id.Value);
        WriteText(condition.Spec.Kind);
        WriteByte((byte)condition.Phase);
        WriteInt64(condition.PhaseSince);
        WriteInt64(condition.LastSignal);
        WriteRecent(condition.Recent);
        WriteByte(condition.Occurrence is null ? (byte)0 : (byte)1);
        if (condition.Occurrence is { } occurrence)
        {
            WriteOccurrence(occurrence);
        }
    }

    private void WriteRecent(RecentEvents recent)
    {
        if (recent.IsEmpty)
        {
            WriteByte(NoRecent);
            return;
        }

        WriteByte(recent.Next);
        for (var i = 0; i < RecentEvents.Capacity; i++)
        {
            WriteInt64((long)recent[i]);
        }
    }

    private void WriteOccurrence(Occurrence occurrence)
    {
        WriteInt64(occurrence.Since);
        WriteInt64(occurrence.Confirm);
        WriteInt64(occurrence.ExpiresAt);
        WriteText(occurrence.FirstCause);
        WriteByte((byte)occurrence.Severity);
        WriteInt64(BitConverter.DoubleToInt64Bits(occurrence.Confidence));
        WriteInt64(occurrence.LastReport);
        WriteInt32(occurrence.Reports);
        WriteByte(occurrence.Value is null ? (byte)0 : (byte)1);
        if (occurrence.Value is { } value)
        {
            WriteInt64(BitConverter.DoubleToInt64Bits(value));
        }

        WriteOptional(occurrence.Detail);
        WriteOptional(occurrence.Alias);
        WriteInt32(occurrence.Sources.Count);
        foreach (var source in occurrence.Sources)
        {
            WriteText(source.Id.Value);
        }

        WriteBytes(occurrence.Pending.Count == 0
            ? []
            : EventBatchCodec.ToArray(new EventBatch { ReceivedAt = DateTimeOffset.UnixEpoch, Events = occurrence.Pending }));
    }

    private void WriteOptional(string? text)
    {
        WriteByte(text is null ? (byte)0 : (byte)1);
        if (text is not null)
        {
            WriteText(text);
        }
    }

    private void WriteText(string text)
    {
        WriteInt32(Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, destination);
    }

    private void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        WriteInt32(bytes.Length);
        destination.Write(bytes);
    }

    private void WriteByte(byte value)
    {
        destination.GetSpan(1)[0] = value;
        destination.Advance(1);
    }

    private void WriteInt32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(destination.GetSpan(4), value);
        destination.Advance(4);
    }

    private void WriteInt64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(destination.GetSpan(8), value);
        destination.Advance(8);
    }
}
