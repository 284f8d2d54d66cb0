using SmartCommunity.Gateway.Journaling;

namespace SmartCommunity.Gateway.Forwarding;

/// <summary>Remembers what the silos have made durable, writes it down now and then, and lets the journal forget it.</summary>
internal sealed class WatermarkKeeper(GatewayJournal journal, TimeProvider time, TimeSpan interval)
{
    private long _saved = Math.Max(journal.Watermark.Value, journal.Log.FirstSequence - 1);
    private long? _savedAt;

    /// <summary>Everything through it is durable in the silos, or not in the journal any more.</summary>
    internal long DurableThrough { get; private set; } = Math.Max(journal.Watermark.Value, journal.Log.FirstSequence - 1);

    /// <summary>Takes what an answer says. More than what is in the journal is not believed.</summary>
    internal void Raise(long durableThrough)
        => DurableThrough = Math.Max(DurableThrough, Math.Min(durableThrough, journal.Log.DurableThrough));

    /// <summary>Writes when there is something new and enough time has passed.</summary>
    internal void SaveWhenDue()
    {
        if (_savedAt is not { } at || time.GetElapsedTime(at) >= interval)
            Save();
    }

    /// <summary>Writes when there is something new.</summary>
    internal void Save()
    {
        if (DurableThrough <= _saved)
            return;
        journal.Watermark.Advance(DurableThrough);
        journal.Log.TrimThrough(DurableThrough);
        _saved = DurableThrough;
        _savedAt = time.GetTimestamp();
    }
}
