using SmartCommunity.Events;
using SmartCommunity.Grains.Contracts;

namespace SmartCommunity.Grains.Places;

/// <summary>The last state of one device, and the ids of its last events, which make a resend harmless.</summary>
internal sealed class LiveDevice
{
    /// <summary>
    /// How many event ids are remembered per device. A device that lost an acknowledgement resends what was in flight, which is a handful; a resend that
    /// is older still finds the case that it raised before, because the case's id is derived from the event.
    /// </summary>
    public const int RememberedEventIds = 32;

    private readonly List<MetricView> _values = [];
    private readonly Queue<string> _eventIds = [];

    public bool? Online { get; set; }

    public DateTimeOffset? LastSeenAt { get; set; }

    public IReadOnlyList<MetricView> Values => _values;

    public IReadOnlyCollection<string> EventIds => _eventIds;

    /// <summary>Keeps the newest value of each metric.</summary>
    public void Take(in Sample sample)
    {
        for (var i = 0; i < _values.Count; i++)
        {
            if (_values[i].Metric == sample.Metric)
            {
                if (_values[i].Time <= sample.Time)
                {
                    _values[i] = new(sample.Metric, sample.Time, sample.Value);
                }

                return;
            }
        }

        _values.Add(new(sample.Metric, sample.Time, sample.Value));
    }

    /// <summary>Remembers an event; false when it is remembered already.</summary>
    public bool Remember(string eventId)
    {
        if (_eventIds.Contains(eventId))
        {
            return false;
        }

        if (_eventIds.Count == RememberedEventIds)
        {
            _eventIds.Dequeue();
        }

        _eventIds.Enqueue(eventId);
        return true;
    }
}
