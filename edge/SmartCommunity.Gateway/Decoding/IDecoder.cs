namespace SmartCommunity.Gateway.Decoding;

/// <summary>Understands the messages of one device family. Pure: no I/O, no clock, no state; called from many threads.</summary>
public interface IDecoder
{
    /// <summary>The stable name, as in dead letters and metrics.</summary>
    string Name { get; }

    /// <summary>The MQTT topic filters whose messages it takes.</summary>
    IReadOnlyList<string> TopicFilters { get; }

    /// <summary>
    /// Turns one message into events and samples. It does not throw: what it can not understand it reports with <see cref="EventBatchBuilder.Reject"/>.
    /// </summary>
    /// <param name="input">The message.</param>
    /// <param name="output">Takes what the message says.</param>
    void Decode(in DecodeInput input, EventBatchBuilder output);
}
