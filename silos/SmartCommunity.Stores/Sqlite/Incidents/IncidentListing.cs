using System.Collections.Immutable;
using System.Text;
using SmartCommunity.Incidents.Cases;
using SmartCommunity.Stores.Incidents;
using SmartCommunity.Stores.Sqlite.Engine;

namespace SmartCommunity.Stores.Sqlite.Incidents;

/// <summary>Puts the SQL of one list together: only the conditions that the query names, so that an index fits.</summary>
internal sealed class IncidentListing
{
    private readonly StringBuilder _sql = new("SELECT opened_at, number, snapshot FROM incidents WHERE (opened_at, number) < (?, ?)");
    private readonly List<object> _values = [];
    private readonly int _limit;

    public IncidentListing(IncidentQuery query)
    {
        Keyset.CheckLimit(query.Limit);
        _limit = query.Limit;
        var after = Keyset.Parse(query.Cursor);
        _values.AddRange([after.Time, after.Number]);

        // A literal, since a parameter would keep the partial indexes of open cases from being used.
        _sql.Append(query.Open switch { true => " AND open = 1", false => " AND open = 0", null => "" });
        Where("community = ?", query.Community?.Value);
        Where("grid = ?", query.Grid?.Value);
        Where("building = ?", query.Building?.Value);
        Where("kind = ?", query.Kind);
        Where("opened_at >= ?", query.From?.ToUnixTimeMilliseconds());
        Where("opened_at < ?", query.To?.ToUnixTimeMilliseconds());
        WhereIn("state", query.States.IsDefault ? [] : query.States.Select(state => (long)state));
        WhereIn("severity", query.Severities.IsDefault ? [] : query.Severities.Select(severity => (long)severity));
        Where("number IN (SELECT incident FROM incident_devices WHERE device = ?)", query.Device?.Value);
        Where(@"search LIKE ? ESCAPE '\'", string.IsNullOrEmpty(query.Text) ? null : Pattern(query.Text));
        _sql.Append(" ORDER BY opened_at DESC, number DESC LIMIT ?");
        _values.Add((long)_limit + 1);
    }

    public IncidentPage Read(Connection connection)
    {
        var incidents = ImmutableArray.CreateBuilder<Incident>();
        var last = Keyset.Start;
        using var statement = connection.PrepareOnce(_sql.ToString());
        for (var i = 0; i < _values.Count; i++)
        {
            _ = _values[i] is long number ? statement.Bind(i + 1, number) : statement.Bind(i + 1, (string)_values[i]);
        }

        while (statement.Step())
        {
            if (incidents.Count == _limit)
            {
                return new(incidents.ToImmutable(), last.ToString());
            }

            last = new(statement.Int64(0), statement.Int64(1));
            incidents.Add(IncidentJson.ReadIncident(statement.Bytes(2)));
        }

        return new(incidents.ToImmutable(), null);
    }

    private static string Pattern(string text) => "%" + text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal)
        .Replace("_", @"\_", StringComparison.Ordinal) + "%";

    private void Where(string condition, object? value)
    {
        if (value is not null)
        {
            _sql.Append(" AND ").Append(condition);
            _values.Add(value);
        }
    }

    private void WhereIn(string column, IEnumerable<long> values)
    {
        // Numbers of our own enums, so that they may stand in the text.
        var list = string.Join(',', values.Distinct());
        if (list.Length > 0)
        {
            _sql.Append(" AND ").Append(column).Append(" IN (").Append(list).Append(')');
        }
    }
}
