using System.Globalization;
using System.Text;
using SmartCommunity.Simulation.Randomness;

namespace SmartCommunity.Simulation.Load;

/// <summary>
/// Telemetry payloads of one exact size, made beforehand: a load generator must not spend its time on text. They carry no time, so that each counts from its
/// receipt and no two are the same sample.
/// </summary>
internal static class LoadPayloads
{
    private const int Variants = 64;
    private static readonly string[] Metrics =
        ["temperature", "humidity", "co2", "pm25", "noise", "illuminance", "power", "voltage", "current", "battery", "signal"];

    public static byte[][] Make(int bytes, SeededRandom random) => [.. Enumerable.Range(0, Variants).Select(_ => One(bytes, random))];

    private static byte[] One(int bytes, SeededRandom random)
    {
        const string Head = "{\"values\":{";
        const string Tail = "}}";
        var text = new StringBuilder(Head);
        foreach (var metric in Metrics)
        {
            var field = string.Create(CultureInfo.InvariantCulture, $"{(text.Length > Head.Length ? "," : "")}\"{metric}\":{random.Between(1, 90):0.0}");
            if (text.Length + field.Length + Tail.Length > bytes) break;
            text.Append(field);
        }

        // White space is allowed between any two tokens (RFC 8259, section 2).
        return Encoding.UTF8.GetBytes(text.Append(' ', bytes - text.Length - Tail.Length).Append(Tail).ToString());
    }
}
