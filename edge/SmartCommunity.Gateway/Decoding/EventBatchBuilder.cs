using SmartCommunity.Events;
using SmartCommunity.Events.Ids;

namespace SmartCommunity.Gateway.Decoding;

/// <summary>Collects what one message says. Used again for the next message; not thread-safe.</summary>
public sealed class EventBatchBuilder
{
    // A dead letter with hundreds of reasons helps nobody; the first ones show the pattern.
    private const int MaxReasons = 8;

    private readonly List<Sample> _samples = [];
    private readonly List<CommunityEvent> _events = [];
    private readonly List<string> _reasons = [];
    private int _rejected;

    /// <summary>The samples so far.</summary>
    public IReadOnlyList<Sample> Samples => _samples;

    /// <summary>The events so far.</summary>
    public IReadOnlyList<CommunityEvent> Events => _events;

    /// <summary>How often <see cref="Reject"/> was called.</summary>
    public int Rejected => _rejected;

    /// <summary>Adds a sample; the value must be finite.</summary>
    public void Add(in Sample sample) => _samples.Add(sample);

    /// <summary>Adds an event.</summary>
    public void Add(CommunityEvent item) => _events.Add(item);

    /// <summary>Says that the message, or a part of it, was not understood. What was added stays; the message becomes a dead letter as well.</summary>
    /// <param name="reason">What is wrong, without a full stop, so that several make one sentence.</param>
    public void Reject(string reason)
    {
        _rejected++;
        if (_reasons.Count < MaxReasons)
            _reasons.Add(reason);
    }

    /// <summary>Says that nothing in the message can be trusted: what was added is dropped.</summary>
    /// <param name="reason">As in <see cref="Reject"/>.</param>
    public void RejectAll(string reason)
    {
        Clear();
        Reject(reason);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _samples.Clear();
        _events.Clear();
        _reasons.Clear();
        _rejected = 0;
    }

    /// <summary>What was collected. It shares its lists with the builder, and is valid until <see cref="Clear"/>.</summary>
    /// <param name="input">The message.</param>
    /// <param name="decoder">The decoder's name; empty when none is bound to the topic.</param>
    /// <param name="maxDeadLetterBytes">How much of the payload a dead letter keeps.</param>
    public EventBatch Build(in DecodeInput input, string decoder, int maxDeadLetterBytes)
        => new()
        {
            ReceivedAt = input.ReceivedAt,
            Samples = _samples,
            Events = _events,
            DeadLetter = _rejected == 0
                ? null
                : new DeadLetter(input.Topic, input.Payload[..Math.Min(input.Payload.Length, maxDeadLetterBytes)], input.Publisher, decoder, Reason()),
        };

    private string Reason()
    {
        var text = string.Join("; ", _reasons);
        return _rejected > _reasons.Count ? $"{text}; and {_rejected - _reasons.Count} more." : text + ".";
    }
}
