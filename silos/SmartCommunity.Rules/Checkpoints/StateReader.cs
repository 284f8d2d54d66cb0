using System.Buffers.Binary;
using System.Text;
using SmartCommunity.Events.Batches;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Live;
using SmartCommunity.Rules.Plans;

namespace SmartCommunity.Rules.Checkpoints;

/// <summary>Reads the state of a place's rules; see the grammar at <see cref="StateWriter"/>. What does not fit the plan is read over.</summary>
internal ref struct StateReader(ReadOnlySpan<byte> source, RulePlan plan)
{
    private readonly ReadOnlySpan<byte> _source = source;
    private int _offset;

    /// <exception cref="RuleStateException">The bytes are no saved state.</exception>
    public StateClocks Read(DeviceWatch devices, ConditionStore conditions)
    {
        Require(_source.StartsWith(StateWriter.Magic), "it does not begin as one");
        _offset = StateWriter.Magic.Length;
        Require(ReadByte() == StateWriter.Version, "its version is not known");
        var clocks = new StateClocks(ReadInt64(), ReadInt64(), ReadInt64(), ReadFlag());
        for (var count = ReadLength(); count > 0; count--)
        {
            ReadDevice(devices);
        }

        for (var count = ReadLength(); count > 0; count--)
        {
            if (ReadCondition() is { } condition)
            {
                conditions.Attach(condition);
            }
        }

        Require(_offset == _source.Length, "bytes are left over");
        return clocks;
    }

    private void ReadDevice(DeviceWatch devices)
    {
        var device = FindDevice(ReadText());
        var state = device is null ? null : devices.StateOf(device);
        var (lastSeen, toldAt, silencesTold, quietSince) = (ReadInt64(), ReadInt64(), ReadCount(), ReadInt64());
        if (state is not null)
        {
            (state.LastSeen, state.ToldAt, state.SilencesTold, state.QuietSince) = (lastSeen, toldAt, silencesTold, quietSince);
        }
    }

    private Condition? ReadCondition()
    {
        var key = ReadText();
        var rule = plan.FindRule(ReadText());
        var kind = ReadText();
        var spec = rule?.FindSpec(kind);
        var phase = (ConditionPhase)ReadByte();
        Require(phase <= ConditionPhase.Unknown, "a phase is not known");
        var (phaseSince, lastSignal, recent) = (ReadInt64(), ReadInt64(), ReadRecent());
        var occurrence = ReadFlag() ? ReadOccurrence() : null;
        Require(occurrence is not null == Conditions.ConditionMachine.IsOpen(phase), "phase and occurrence do not go together");
        if (rule is null || spec is null)
        {
            return null;
        }

        var condition = new Condition(key, rule, spec) { Phase = phase, PhaseSince = phaseSince, LastSignal = lastSignal, Recent = recent, Occurrence = occurrence };
        return PlanFit.TryRefit(condition, plan) ? condition : null;
    }

    private RecentEvents ReadRecent()
    {
        var recent = default(RecentEvents);
        var next = ReadByte();
        if (next == StateWriter.NoRecent)
        {
            return recent;
        }

        Require(next < RecentEvents.Capacity, "the list of recent events is damaged");
        Span<ulong> hashes = stackalloc ulong[RecentEvents.Capacity];
        foreach (ref var hash in hashes)
        {
            hash = (ulong)ReadInt64();
        }

        recent.Restore(hashes, next);
        return recent;
    }

    private Occurrence ReadOccurrence()
    {
        var occurrence = new Occurrence
        {
            Since = ReadInt64(),
            Confirm = ReadInt64(),
            ExpiresAt = ReadInt64(),
            FirstCause = ReadText(),
            Severity = (Severity)ReadByte(),
            Confidence = BitConverter.Int64BitsToDouble(ReadInt64()),
            LastReport = ReadInt64(),
            Reports = ReadCount(),
            Value = ReadFlag() ? BitConverter.Int64BitsToDouble(ReadInt64()) : null,
            Detail = ReadFlag() ? ReadText() : null,
            Alias = ReadFlag() ? ReadText() : null,
        };
        Require(occurrence.Severity <= Severity.P3, "a severity is not known");
        for (var count = ReadLength(); count > 0; count--)
        {
            if (FindDevice(ReadText()) is { } device)
            {
                occurrence.AddSource(device.Facts);
            }
        }

        ReadPending(occurrence);
        return occurrence;
    }

    private void ReadPending(Occurrence occurrence)
    {
        var bytes = ReadBytes();
        if (bytes.IsEmpty)
        {
            return;
        }

        try
        {
            occurrence.Pending.AddRange(EventBatchCodec.Read(bytes).Events);
        }
        catch (EventFormatException error)
        {
            throw new RuleStateException("an event in it is damaged", error);
        }
    }

    private readonly DevicePlan? FindDevice(string id)
    {
        Require(Identifier.TryParse<DeviceId>(id, out var device), "a device id is none");
        return plan.Find(device);
    }

    private bool ReadFlag()
    {
        var flag = ReadByte();
        Require(flag <= 1, "a flag is neither 0 nor 1");
        return flag == 1;
    }

    private string ReadText() => Encoding.UTF8.GetString(ReadBytes());

    private ReadOnlySpan<byte> ReadBytes()
    {
        var length = ReadLength();
        var bytes = _source.Slice(_offset, length);
        _offset += length;
        return bytes;
    }

    // Every entry of a list takes at least a byte, so that a damaged length shows at once.
    private int ReadLength()
    {
        var value = ReadCount();
        Require(value <= _source.Length - _offset, "it ends early");
        return value;
    }

    private int ReadCount()
    {
        Require(_source.Length - _offset >= 4, "it ends early");
        var value = BinaryPrimitives.ReadInt32LittleEndian(_source[_offset..]);
        Require(value >= 0, "a count is negative");
        _offset += 4;
        return value;
    }

    private byte ReadByte()
    {
        Require(_offset < _source.Length, "it ends early");
        return _source[_offset++];
    }

    private long ReadInt64()
    {
        Require(_source.Length - _offset >= 8, "it ends early");
        var value = BinaryPrimitives.ReadInt64LittleEndian(_source[_offset..]);
        _offset += 8;
        return value;
    }

    private static void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new RuleStateException(what);
        }
    }
}
