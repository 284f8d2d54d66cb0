using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using SmartCommunity.Communities.Model;
using SmartCommunity.Events.Ids;

namespace SmartCommunity.Api.Devices;

/// <summary>A community with the rows of an import in it.</summary>
internal sealed partial class ImportEdit
{
    private readonly ImmutableArray<Device> _devices;
    private readonly Dictionary<DeviceId, string> _rows;

    private ImportEdit(Community community, ImmutableArray<DeviceId> added, int changed, Dictionary<DeviceId, string> rows) =>
        (Community, Added, Changed, _devices, _rows) = (community, added, changed, community.Devices, rows);

    public Community Community { get; }

    public ImmutableArray<DeviceId> Added { get; }

    public int Changed { get; }

    /// <summary>Applies rows that have been read without errors; what is there keeps its place, what is new comes last.</summary>
    public static ImportEdit Of(CommunitySnapshot snapshot, IReadOnlyList<ImportRow> rows)
    {
        var devices = snapshot.Community.Devices.ToBuilder();
        var positions = devices.Select((device, index) => (device.Id, index)).ToDictionary(item => item.Id, item => item.index);
        var added = ImmutableArray.CreateBuilder<DeviceId>();
        Dictionary<DeviceId, string> rowOf = [];
        var changed = 0;
        foreach (var row in rows)
        {
            var id = row.Id!.Value;
            rowOf[id] = row.Row;
            if (positions.TryGetValue(id, out var position))
            {
                var after = row.Apply(devices[position], snapshot);
                changed += after == devices[position] ? 0 : 1;
                devices[position] = after;
            }
            else
            {
                devices.Add(row.Apply(before: null, snapshot));
                added.Add(id);
            }
        }

        return new(snapshot.Community with { Devices = devices.ToImmutable() }, added.ToImmutable(), changed, rowOf);
    }

    /// <summary>The row that a path in the file is about, for example <c>row 3 kind</c> for <c>devices[12].kind</c>; other paths stay.</summary>
    public string RowOf(string path)
    {
        var match = DevicePath().Match(path);
        return match.Success
            && int.TryParse(match.Groups["index"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index < _devices.Length
            && _rows.TryGetValue(_devices[index].Id, out var row)
                ? $"{row} {match.Groups["member"].Value}".TrimEnd()
                : path;
    }

    [GeneratedRegex(@"^/?devices[\[/.](?<index>\d+)\]?[./]?(?<member>.*)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DevicePath();
}
