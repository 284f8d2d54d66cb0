using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SmartCommunity.TestKit.Processes;

/// <summary>Where a started host listens, read from what it says.</summary>
internal sealed partial record HostAddresses(Uri Http, int MqttPort, int? MqttsPort, JsonElement Demo)
{
    /// <summary>What demo.json of a data folder says; null while it is not there or half written.</summary>
    public static (HostAddresses Addresses, DateTime WrittenAt)? ReadDemo(string data)
    {
        var file = Path.Combine(data, "demo.json");
        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            var json = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(file));
            HostAddresses addresses = new(new(json.GetProperty("http").GetString()!), json.GetProperty("mqtt").GetProperty("port").GetInt32(), null, json);
            return (addresses, File.GetLastWriteTimeUtc(file));
        }
        catch (Exception exception) when (exception is JsonException or IOException)
        {
            return null;
        }
    }

    /// <summary>The line of <c>serve</c>; null when this is another line.</summary>
    public static HostAddresses? ReadLine(string line)
    {
        if (ServeLine().Match(line) is not { Success: true } match)
        {
            return null;
        }

        var mqtts = match.Groups["mqtts"] is { Success: true, Value: var text } ? IPEndPoint.Parse(text).Port : (int?)null;
        return new(new(match.Groups["http"].Value), IPEndPoint.Parse(match.Groups["mqtt"].Value).Port, mqtts, default);
    }

    [GeneratedRegex(@"(?<http>http://\S+) · MQTT (?<mqtt>\S+)(?: · MQTTS (?<mqtts>\S+))?", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ServeLine();
}
