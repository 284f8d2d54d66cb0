using SmartCommunity.Events.Ids;
using SmartCommunity.Stores.Sqlite.Engine;

namespace SmartCommunity.Stores.Sqlite.TimeSeries;

/// <summary>The numbers of the series, kept in memory once they are on disk. Used on the writer's thread only.</summary>
internal sealed class SeriesNumbers
{
    // Two steps: a message speaks for one device, so that its metrics are looked up in a small table.
    private readonly Dictionary<DeviceId, Dictionary<string, long>> _known = [];

    /// <summary>Forgets all: after a fault it is not certain what is on disk.</summary>
    public void Forget() => _known.Clear();

    /// <summary>The number of a series; a new one is stored within the transaction.</summary>
    /// <param name="connection">The writer's.</param>
    /// <param name="device">Who measures.</param>
    /// <param name="metric">What.</param>
    /// <param name="found">Takes what was not known yet; it counts only when the transaction does.</param>
    public long NumberOf(Connection connection, DeviceId device, string metric, NewSeries found)
    {
        if (_known.TryGetValue(device, out var metrics) && metrics.TryGetValue(metric, out var number))
        {
            return number;
        }

        if (!found.TryGetValue((device, metric), out number))
        {
            number = Find(connection, device, metric) ?? Insert(connection, device, metric);
            found.Add((device, metric), number);
        }

        return number;
    }

    /// <summary>What was found is on disk.</summary>
    public void Remember(NewSeries found)
    {
        foreach (var ((device, metric), number) in found)
        {
            if (!_known.TryGetValue(device, out var metrics))
            {
                _known.Add(device, metrics = new(StringComparer.Ordinal));
            }

            metrics[metric] = number;
        }
    }

    private static long? Find(Connection connection, DeviceId device, string metric)
    {
        using var statement = connection.Prepare("SELECT id FROM series WHERE device = ? AND metric = ?");
        return statement.Bind(1, device.Value).Bind(2, metric).Step() ? statement.Int64(0) : null;
    }

    private static long Insert(Connection connection, DeviceId device, string metric)
    {
        using var statement = connection.Prepare("INSERT INTO series (device, metric) VALUES (?, ?)");
        statement.Bind(1, device.Value).Bind(2, metric).Run();
        return connection.LastRowId;
    }
}

/// <summary>The series that one write came across first.</summary>
internal sealed class NewSeries : Dictionary<(DeviceId Device, string Metric), long>;
