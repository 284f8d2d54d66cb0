namespace SmartCommunity.Grains.Ingest;

/// <summary>Joins the batches that were accepted, in whatever order they complete, into one «everything through».</summary>
internal sealed class AcceptedRanges(long through)
{
    private readonly SortedDictionary<long, long> _waiting = [];

    /// <summary>Everything up to here is accepted.</summary>
    public long Through { get; private set; } = through;

    public void Add(long first, long last)
    {
        _waiting[first] = Math.Max(last, _waiting.GetValueOrDefault(first, last));
        while (_waiting.Count > 0 && _waiting.First() is var range && range.Key <= Through + 1)
        {
            Through = Math.Max(Through, range.Value);
            _waiting.Remove(range.Key);
        }
    }
}
