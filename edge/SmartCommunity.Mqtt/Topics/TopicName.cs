using System.Text;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Topics;

/// <summary>A valid topic name, with its bytes, so that passing it on encodes nothing. Compared by reference; made once per topic and connection.</summary>
public sealed class TopicName
{
    private TopicName(string text, byte[] utf8)
    {
        Text = text;
        Utf8 = utf8;
    }

    /// <summary>The name as text.</summary>
    public string Text { get; }

    /// <summary>The name as UTF-8.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>What the user of this name remembers about it, such as who subscribes to it. Null at first; not touched here.</summary>
    public object? Route { get; set; }

    /// <summary>Makes a topic name of text.</summary>
    /// <exception cref="ArgumentException">The text is not a valid topic name.</exception>
    public static TopicName Create(string text)
    {
        if (!TopicRules.IsName(text)) throw new ArgumentException($"'{text}' is not a valid MQTT topic name.", nameof(text));
        return new TopicName(text, Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Makes a topic name of bytes that a peer sent.</summary>
    /// <exception cref="MqttProtocolException">The bytes are not a valid topic name.</exception>
    internal static TopicName Read(ReadOnlySpan<byte> utf8, ReadLimits limits)
    {
        var text = Utf8Rules.Decode(utf8);
        if (TopicRules.CheckName(utf8, limits) is { } fault) Violation.With(fault.Reason, fault.Statement, fault.Message);
        return new TopicName(text, utf8.ToArray());
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
