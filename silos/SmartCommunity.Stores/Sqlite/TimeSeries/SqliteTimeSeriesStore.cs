using System.Collections.Immutable;
using SmartCommunity.Events;
using SmartCommunity.Events.Ids;
using SmartCommunity.Stores.Sqlite.Engine;
using SmartCommunity.Stores.TimeSeries;

namespace SmartCommunity.Stores.Sqlite.TimeSeries;

/// <summary>Samples in SQLite, one row each.</summary>
internal sealed class SqliteTimeSeriesStore(SqliteDatabase database, SeriesNumbers series) : ITimeSeriesStore
{
    public async ValueTask AppendAsync(IReadOnlyList<Sample> samples, CancellationToken cancellationToken)
    {
        foreach (var sample in samples)
        {
            if (!double.IsFinite(sample.Value))
            {
                throw new ArgumentException($"The sample of {sample.Device}, {sample.Metric} is not finite.", nameof(samples));
            }
        }

        await database.Writer.WriteAsync(WriteLane.Bulk, connection => Append(connection, samples), series.Remember, cancellationToken);
    }

    public ValueTask<ImmutableArray<SamplePoint>> ReadAsync(
        DeviceId device, string metric, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return database.ReadAsync(
            connection =>
            {
                var points = ImmutableArray.CreateBuilder<SamplePoint>();
                using var rows = Select(connection, device, metric, from, to, limit);
                while (rows.Step())
                {
                    points.Add(new(DateTimeOffset.FromUnixTimeMilliseconds(rows.Int64(0)), rows.Double(1)));
                }

                return points.ToImmutable();
            },
            cancellationToken);
    }

    public ValueTask<ImmutableArray<SampleBucket>> ReadBucketsAsync(
        DeviceId device, string metric, DateTimeOffset from, DateTimeOffset to, TimeSpan step, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, TimeSpan.FromMilliseconds(1));
        return database.ReadAsync(
            connection =>
            {
                var buckets = new BucketBuilder((long)step.TotalMilliseconds);
                using var rows = Select(connection, device, metric, from, to, limit: -1);
                while (rows.Step())
                {
                    buckets.Add(rows.Int64(0), rows.Double(1));
                }

                return buckets.Build();
            },
            cancellationToken);
    }

    public ValueTask<ImmutableArray<Sample>> ReadLatestAsync(DeviceId device, CancellationToken cancellationToken) => database.ReadAsync(
        connection =>
        {
            var samples = ImmutableArray.CreateBuilder<Sample>();
            using var statement = connection.Prepare("""
                SELECT series.metric, samples.time, samples.value FROM series
                JOIN samples ON samples.series = series.id AND samples.time = (SELECT max(time) FROM samples AS newest WHERE newest.series = series.id)
                WHERE series.device = ? ORDER BY series.metric
                """);
            statement.Bind(1, device.Value);
            while (statement.Step())
            {
                samples.Add(new(device, statement.Text(0), DateTimeOffset.FromUnixTimeMilliseconds(statement.Int64(1)), statement.Double(2)));
            }

            return samples.ToImmutable();
        },
        cancellationToken);

    private NewSeries Append(Connection connection, IReadOnlyList<Sample> samples)
    {
        var found = new NewSeries();
        var rows = new Row[samples.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            var sample = samples[i];
            rows[i] = new(series.NumberOf(connection, sample.Device, sample.Metric, found), sample.Time.ToUnixTimeMilliseconds(), i, sample.Value);
        }

        // In the order of the table, so that each of its pages is touched once.
        Array.Sort(rows);
        using var statement = connection.Prepare("""
            INSERT INTO samples (series, time, value) VALUES (?, ?, ?) ON CONFLICT (series, time) DO UPDATE SET value = excluded.value
            """);
        foreach (var row in rows)
        {
            statement.Bind(1, row.Series).Bind(2, row.Time).Bind(3, row.Value).Run();
        }

        return found;
    }

    private static Statement Select(Connection connection, DeviceId device, string metric, DateTimeOffset from, DateTimeOffset to, int limit) =>
        connection.Prepare("""
            SELECT time, value FROM samples
            WHERE series = (SELECT id FROM series WHERE device = ? AND metric = ?) AND time >= ? AND time < ? ORDER BY time LIMIT ?
            """).Bind(1, device.Value).Bind(2, metric).Bind(3, from.ToUnixTimeMilliseconds()).Bind(4, to.ToUnixTimeMilliseconds()).Bind(5, limit);

    /// <summary>A sample: its place in the table, and in the message: of two for one place the later counts.</summary>
    private readonly record struct Row(long Series, long Time, int Index, double Value) : IComparable<Row>
    {
        public int CompareTo(Row other) =>
            Series != other.Series ? Series.CompareTo(other.Series) : Time != other.Time ? Time.CompareTo(other.Time) : Index.CompareTo(other.Index);
    }
}
