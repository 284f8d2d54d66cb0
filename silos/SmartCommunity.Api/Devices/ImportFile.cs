using System.Collections.Immutable;
using System.Globalization;
using CsvHelper;
using SmartCommunity.Api.Input;
using SmartCommunity.Events.Ids;

namespace SmartCommunity.Api.Devices;

/// <summary>
/// Reads the CSV of an import (RFC 4180): a header line, then one device per line; columns in any order, <c>id</c> and <c>kind</c> are
/// needed.
/// </summary>
/// <remarks>An empty cell clears the field of a device that is there; a column that is missing leaves it as it is.</remarks>
internal sealed class ImportFile(InputChecker input, int maxRows)
{
    private static readonly ImmutableArray<string> Columns = ["id", "kind", "name", "grid", "building", "zone", "facade", "floor", "unit"];

    private static readonly CsvReaderOptions Form = new()
    {
        TrackLineNumbers = true,
        TrimWhitespace = true,
        SkipEmptyLines = true,
        MalformedData = CsvMalformedDataHandling.Throw,
    };

    /// <summary>The rows, as far as they could be read; errors are in the checker.</summary>
    public List<ImportRow> Read(string text)
    {
        List<ImportRow> rows = [];
        try
        {
            using var reader = CsvReader.FromText(text, Form);
            reader.ReadHeader();
            ImmutableArray<string> header = [.. reader.Headers.Select(name => name.Trim().ToLowerInvariant())];
            if (!CheckHeader(header))
            {
                return rows;
            }

            HashSet<string> seen = new(StringComparer.Ordinal);
            while (reader.Read())
            {
                if (rows.Count == maxRows)
                {
                    input.Add(Row(reader.LineNumber), ImportTexts.TooManyRows(maxRows));
                    break;
                }

                rows.Add(ReadRow(reader, header, seen));
            }
        }
        catch (CsvFormatException malformed)
        {
            input.Add(Row(malformed.LineNumber), ImportTexts.BadRow, ImportTexts.BadRowHint);
        }

        return rows;
    }

    private static string Row(long line) => string.Create(CultureInfo.InvariantCulture, $"row {line}");

    private bool CheckHeader(ImmutableArray<string> header)
    {
        foreach (var name in header.Where(name => !Columns.Contains(name, StringComparer.Ordinal)))
        {
            input.Add("row 1", ImportTexts.UnknownColumn(name), ImportTexts.HeaderHint(Columns));
        }

        foreach (var name in new[] { "id", "kind" }.Where(name => !header.Contains(name, StringComparer.Ordinal)))
        {
            input.Add("row 1", ImportTexts.MissingColumn(name), ImportTexts.HeaderHint(Columns));
        }

        return input.Problem is null;
    }

    private ImportRow ReadRow(CsvReader reader, ImmutableArray<string> header, HashSet<string> seen)
    {
        var row = Row(reader.LineNumber);
        if (reader.FieldCount != header.Length)
        {
            // A cell that is missing would otherwise read as empty, and clear what is there.
            input.Add(row, ImportTexts.CellCount(reader.FieldCount, header.Length));
        }

        string? Cell(string column) => header.IndexOf(column) is >= 0 and var index ? reader.GetString(index) : null;
        var id = input.RequiredId<DeviceId>($"{row} id", Cell("id"));
        if (id is { } known && !seen.Add(known.Value))
        {
            input.Add($"{row} id", ImportTexts.Twice(known.Value), ImportTexts.TwiceHint);
        }

        if (string.IsNullOrEmpty(Cell("kind")))
        {
            input.Add($"{row} kind", InputTexts.Missing);
        }

        return new()
        {
            Row = row,
            Id = id,
            Kind = Cell("kind"),
            Name = Cell("name"),
            Grid = input.Id<GridId>($"{row} grid", Cell("grid")),
            Building = Cell("building") is { } building ? new(input.Id<BuildingId>($"{row} building", building)) : null,
            Zone = Cell("zone") is { } zone ? new(input.Id<ZoneId>($"{row} zone", zone)) : null,
            Facade = Cell("facade"),
            Floor = ReadFloor(row, Cell("floor")),
            Unit = Cell("unit"),
        };
    }

    private Given<int>? ReadFloor(string row, string? cell)
    {
        if (string.IsNullOrEmpty(cell))
        {
            return cell is null ? null : new(null);
        }

        if (int.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var floor))
        {
            return new(floor);
        }

        input.Add($"{row} floor", ImportTexts.NotAFloor(cell), ImportTexts.FloorHint);
        return null;
    }
}
