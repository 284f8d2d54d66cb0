using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Gateway.Decoding;

/// <summary>Finds the decoder of a topic, and makes a batch of every message, whatever is in it.</summary>
public sealed class DecoderRegistry
{
    private readonly TopicFilterTree<Binding> _bindings = new();
    private readonly DecodingOptions _options;

    /// <summary>Binds the decoders. Where several take a topic, the first one gets it.</summary>
    /// <exception cref="ArgumentException">A filter is not valid.</exception>
    public DecoderRegistry(IEnumerable<IDecoder> decoders, DecodingOptions options)
    {
        ArgumentNullException.ThrowIfNull(decoders);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        var rank = 0;
        foreach (var decoder in decoders)
        {
            foreach (var filter in decoder.TopicFilters)
            {
                if (!TopicRules.IsFilter(filter))
                    throw new ArgumentException($"Decoder '{decoder.Name}' has an invalid topic filter '{filter}'.");
                _bindings.Add(filter, new Binding(rank, decoder));
            }

            rank++;
        }
    }

    /// <summary>The decoder that takes a topic, or null.</summary>
    public IDecoder? Find(string topic)
    {
        ArgumentNullException.ThrowIfNull(topic);
        var matches = new List<Binding>(4);
        _bindings.Match(topic, matches);
        return matches.Count switch
        {
            0 => null,
            1 => matches[0].Decoder,
            _ => matches.MinBy(binding => binding.Rank)!.Decoder,
        };
    }

    /// <summary>Decodes one message.</summary>
    /// <param name="input">The message.</param>
    /// <param name="builder">Where to collect; cleared first. The result shares its lists.</param>
    public Events.EventBatch Decode(in DecodeInput input, EventBatchBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Clear();
        var decoder = Find(input.Topic);
        if (decoder is null)
            builder.Reject("no decoder is bound to this topic");
        else if (input.Payload.Length > _options.MaxPayloadBytes)
            builder.Reject($"the payload has {input.Payload.Length} bytes; at most {_options.MaxPayloadBytes} are decoded");
        else
            decoder.Decode(input, builder);
        return builder.Build(input, decoder?.Name ?? "", _options.MaxDeadLetterBytes);
    }

    private sealed record Binding(int Rank, IDecoder Decoder);
}
