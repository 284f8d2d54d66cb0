using SmartCommunity.Grains.Contracts;

namespace SmartCommunity.Grains.Ingest;

/// <summary>What is known of one place's progress in one gateway's journal. Guarded by its <see cref="GatewayIngest"/>.</summary>
internal sealed class PlaceCursor(IPlaceGrain grain)
{
    private long _firstNotDurable;
    private long _lastAccepted;

    public IPlaceGrain Grain { get; } = grain;

    /// <summary>The last sequence that was sent; 0 when nothing is believed.</summary>
    public long LastSent { get; private set; }

    /// <summary>The first sequence that the place has accepted and not yet put on disk; null when all is on disk.</summary>
    public long? FirstNotDurable => _firstNotDurable == 0 ? null : _firstNotDurable;

    /// <summary>A part goes out; returns what the sender believes the place saw before it.</summary>
    public long Send(long last)
    {
        var previous = LastSent;
        LastSent = Math.Max(last, LastSent);
        return previous;
    }

    /// <summary>A part was accepted.</summary>
    public void Accept(long first, long last)
    {
        if (_firstNotDurable == 0 || first < _firstNotDurable)
        {
            _firstNotDurable = first;
        }

        _lastAccepted = Math.Max(last, _lastAccepted);
    }

    /// <summary>The place has seen less than was believed, or a part failed on its way: the belief goes back.</summary>
    public void GoBack(long to) => LastSent = Math.Min(LastSent, to);

    /// <summary>Everything through a sequence is on disk.</summary>
    public void MakeDurable(long through)
    {
        if (_firstNotDurable == 0)
        {
            return;
        }

        _firstNotDurable = through >= _lastAccepted ? 0 : Math.Max(_firstNotDurable, through + 1);
    }
}
