using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Incidents.Cases;

namespace SmartCommunity.Grains.Places;

/// <summary>The open cases of a place by dedup key. A shortcut: the store is what keeps a key from having two open cases.</summary>
internal sealed class OpenCases
{
    private readonly Dictionary<string, (IncidentId Id, Severity Severity)> _byKey = new(StringComparer.Ordinal);

    /// <summary>How many there are of P0, P1, P2 and P3.</summary>
    public int[] Counts()
    {
        var counts = new int[4];
        foreach (var (_, severity) in _byKey.Values)
        {
            counts[(int)severity]++;
        }

        return counts;
    }

    /// <summary>The open case of a key, or null.</summary>
    public IncidentId? Find(string key) => _byKey.TryGetValue(key, out var open) ? open.Id : null;

    /// <summary>Notes what a case says of itself; true when the counts changed.</summary>
    public bool Note(string key, IncidentId id, Severity severity, bool isOpen)
    {
        if (isOpen)
        {
            var known = _byKey.TryGetValue(key, out var before) && before == (id, severity);
            _byKey[key] = (id, severity);
            return !known;
        }

        return _byKey.TryGetValue(key, out var open) && open.Id == id && _byKey.Remove(key);
    }
}
