using System.Globalization;
using System.Text;

namespace SmartCommunity.EndToEnd.Tests.Malformed;

/// <summary>Payloads that no decoder may understand, each different from all others, drawn from a seed.</summary>
internal static class MalformedPayloads
{
    private static readonly Func<Random, int, (string Channel, byte[] Payload)>[] Shapes =
    [
        (_, n) => Text("event", $$$"""{"id":"{{{n}}}","kind":"falling-object","confidence":0.9"""),
        (_, n) => Text("event", $$$"""{"id":"{{{n}}}","kind":"flying-saucer"}"""),
        (_, n) => Text("event", $$$"""{"id":"{{{n}}}","confidence":0.9}"""),
        (_, n) => Text("event", $$$"""{"id":"{{{n}}}","kind":{{{n}}}}"""),
        (_, n) => Text("event", $$$"""{"id":"{{{n}}}","kind":"smoke","confidence":{{{n + 2}}}}"""),
        (_, n) => Text("event", $$$"""{"id":"{{{n}}}","kind":"smoke","data":[{{{n}}}]}"""),
        (_, n) => Text("event", $$$"""{"id":"{{{n}}}","kind":"smoke","data":{"active":"perhaps"}}"""),
        (_, n) => Text("event", $$$"""{"id":"{{{n}}}","kind":"smoke","data":{"a":"\ud800"}}"""),
        (_, n) => Text("event", $$$"""{"id":"{{{n}}}","kind":"smoke","evidence":{{{n}}}}"""),
        (_, n) => Text("event", $$$"""{"id":"{{{n}}}{{{new string('x', 5_000)}}}","kind":"smoke"}"""),
        (_, n) => Text("event", $"\"{n}\""),
        (_, n) => Text("event", new string('[', 200 + n)),
        (_, n) => Text("telemetry", $$$"""{"time":"yesterday-{{{n}}}","values":{"temperature":1}""" + "} trailing"),
        (_, n) => Text("telemetry", $$$"""{"value":{{{n}}}}"""),
        (_, n) => Text("telemetry", $$$"""{"values":[{{{n}}}]}"""),
        (_, n) => Text("telemetry", $$$"""{"values":{"temperature":"warm-{{{n}}}"}}"""),
        (_, n) => Text("telemetry", $$$"""{"values":{"no metric {{{n}}}":1}}"""),
        (_, n) => Text("telemetry", $$$"""{"values":{"temperature":1e{{{9999 + n}}}}}"""),
        (_, n) => Text("telemetry", $$$"""{"values":{"temperature":NaN}} {{{n}}}"""),
        (_, n) => Text("status", $"perhaps-{n}"),
        (random, n) => ("event", [0xFF, .. Encoding.ASCII.GetBytes(n.ToString(CultureInfo.InvariantCulture)), .. Noise(random)]),
        (random, n) => ("telemetry", [0xC3, 0x28, .. Encoding.ASCII.GetBytes(n.ToString(CultureInfo.InvariantCulture)), .. Noise(random)]),
        (_, n) => Text("telemetry", $"temperature={n}"),
    ];

    public static List<(string Channel, byte[] Payload)> Of(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(n => Shapes[n % Shapes.Length](random, n))];
    }

    private static (string, byte[]) Text(string channel, string text) => (channel, Encoding.UTF8.GetBytes(text));

    private static byte[] Noise(Random random)
    {
        var bytes = new byte[random.Next(1, 60)];
        random.NextBytes(bytes);
        return bytes;
    }
}
