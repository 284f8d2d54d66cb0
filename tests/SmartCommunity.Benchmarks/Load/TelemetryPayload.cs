using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace SmartCommunity.Benchmarks.Load;

/// <summary>
/// Native telemetry whose time and values change with each message: every sample of it is a new one. Only digits are rewritten, so that the generator
/// costs little beside what it measures.
/// </summary>
internal sealed class TelemetryPayload
{
    private const string Head = "{\"time\":0000000000000,\"values\":{";
    private const int TimeAt = 8;
    private const int TimeDigits = 13;
    private static readonly string[] Metrics =
    [
        "temperature", "humidity", "co2", "pm25", "illuminance", "noise", "battery", "signal", "power", "energy", "voltage", "current", "water-volume", "water-flow",
        "water-pressure", "water-level", "people-count", "tilt", "lift-floor", "lift-speed", "lift-trips",
    ];

    private readonly byte[] _bytes;
    private readonly int[] _digitsAt;
    private long _time;

    /// <param name="bytes">About how long.</param>
    /// <param name="firstTime">The time of the first message, Unix ms; each further one is a millisecond later.</param>
    public TelemetryPayload(int bytes, long firstTime)
    {
        var text = new StringBuilder(Head);
        var digitsAt = new List<int>();
        foreach (var metric in Metrics)
        {
            if (digitsAt.Count > 0 && text.Length + metric.Length + 11 > bytes)
            {
                break;
            }

            text.Append(digitsAt.Count > 0 ? "," : "").Append(CultureInfo.InvariantCulture, $"\"{metric}\":2");
            digitsAt.Add(text.Length);
            text.Append("0.00");
        }

        _bytes = Encoding.ASCII.GetBytes(text.Append("}}").ToString());
        _digitsAt = [.. digitsAt];
        _time = firstTime;
    }

    /// <summary>How many samples a message has.</summary>
    public int Samples => _digitsAt.Length;

    /// <summary>The metrics that a message has.</summary>
    public IEnumerable<string> Names => Metrics.Take(Samples);

    /// <summary>How long a message is.</summary>
    public int Length => _bytes.Length;

    /// <summary>The next message; valid until the next call.</summary>
    public ReadOnlySpan<byte> Next()
    {
        Utf8Formatter.TryFormat(_time++, _bytes.AsSpan(TimeAt, TimeDigits), out _);
        for (var i = 0; i < _digitsAt.Length; i++)
        {
            // 20.00 to 29.99: plausible for each of the metrics and quiet for every rule of the sample community, which evaluate them all the same.
            var value = (int)((_time * (7 + i)) % 1000);
            var at = _digitsAt[i];
            _bytes[at] = (byte)('0' + (value / 100));
            _bytes[at + 2] = (byte)('0' + (value / 10 % 10));
            _bytes[at + 3] = (byte)('0' + (value % 10));
        }

        return _bytes;
    }
}
