using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.Gateway.Decoding;

/// <summary>Finds the decoder of a topic, and makes a batch of every message, whatever is in it.</summary>
public sealed class DecoderRegistry
{
    private readonly TopicFilterTree<Binding> _bindings = new();
    private readonly List<string> _names = [];
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

            _names.Add(decoder.Name);
            rank++;
        }
    }

    /// <summary>The names of the decoders, in the order in which they are asked.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The decoder that takes a topic, or null.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="name">The one that it must be; null for the first.</param>
    public IDecoder? Find(string topic, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(topic);
        var matches = new List<Binding>(4);
        _bindings.Match(topic, matches);
        if (name is not null)
            return matches.Find(binding => binding.Decoder.Name == name)?.Decoder;
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
    /// <param name="name">The decoder that must take it; null for the first that takes the topic.</param>
    public Events.EventBatch Decode(in DecodeInput input, EventBatchBuilder builder, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Clear();
        var decoder = Find(input.Topic, name);
        if (decoder is null)
            builder.Reject(name is null ? "no decoder is bound to this topic" : $"the decoder '{name}' does not take this topic");
        else if (input.Payload.Length > _options.MaxPayloadBytes)
            builder.Reject($"the payload has {input.Payload.Length} bytes; at most {_options.MaxPayloadBytes} are decoded");
        else
            decoder.Decode(input, builder);
        return builder.Build(input, decoder?.Name ?? "", _options.MaxDeadLetterBytes);
    }

    private sealed record Binding(int Rank, IDecoder Decoder);
}
