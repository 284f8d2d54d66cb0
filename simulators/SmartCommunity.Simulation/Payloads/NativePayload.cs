using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SmartCommunity.Simulation.Payloads;

/// <summary>Writes the native JSON payloads (DESIGN section 5), byte for byte the same for the same content.</summary>
public static class NativePayload
{
    // Plates hold Chinese characters; a device sends them as UTF-8, not as \u escapes.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>{"time":…,"values":{…}}</c>. Values keep their order.</summary>
    /// <param name="time">When it was measured.</param>
    /// <param name="values">Metric and value; finite.</param>
    public static DeviceMessage Telemetry(DateTimeOffset time, params ReadOnlySpan<(string Metric, double Value)> values)
    {
        var buffer = new ArrayBufferWriter<byte>(160);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("time", Stamp(time));
            json.WriteStartObject("values");
            foreach (var (metric, value) in values) json.WriteNumber(metric, value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return new DeviceMessage(DeviceChannel.Telemetry, buffer.WrittenMemory);
    }

    /// <summary><c>{"id":…,"kind":…,"time":…,…}</c>.</summary>
    /// <param name="time">When it happened.</param>
    /// <param name="content">What happened.</param>
    public static DeviceMessage Event(DateTimeOffset time, EventContent content)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("id", content.Id);
            json.WriteString("kind", content.Kind);
            json.WriteString("time", Stamp(time));
            if (content.Confidence is { } confidence) json.WriteNumber("confidence", Math.Round(confidence, 2));
            WriteData(json, content);
            if (content.EvidenceUri is { } uri) WriteEvidence(json, uri);
            json.WriteEndObject();
        }

        return new DeviceMessage(DeviceChannel.Event, buffer.WrittenMemory);
    }

    private static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static void WriteData(Utf8JsonWriter json, EventContent content)
    {
        if (content.Data.Count == 0 && content.Active is null) return;
        json.WriteStartObject("data");
        if (content.Active is { } active) json.WriteBoolean("active", active);
        foreach (var field in content.Data)
        {
            if (field.Text is { } text) json.WriteString(field.Name, text);
            else json.WriteNumber(field.Name, field.Number);
        }

        json.WriteEndObject();
    }

    private static void WriteEvidence(Utf8JsonWriter json, string uri)
    {
        json.WriteStartArray("evidence");
        json.WriteStartObject();
        json.WriteString("type", "image/jpeg");
        json.WriteString("uri", uri);
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
