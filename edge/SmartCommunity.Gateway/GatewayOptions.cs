using SmartCommunity.Events.Ids;
using SmartCommunity.Gateway.Decoding;
using SmartCommunity.Gateway.Forwarding;
using SmartCommunity.Journal;

namespace SmartCommunity.Gateway;

/// <summary>Everything that can be set about a gateway.</summary>
public sealed record GatewayOptions
{
    /// <summary>The gateway's id; unique within the deployment. Default "gateway".</summary>
    public GatewayId Id { get; init; } = GatewayId.FromTrusted("gateway");

    /// <summary>The folder of the journal; of this gateway alone. No default: it must be on a disk that survives a restart.</summary>
    public required string JournalFolder { get; init; }

    /// <summary>The journal's limits. FirstSequence and TakenOverThrough are set by the gateway.</summary>
    public JournalOptions Journal { get; init; } = new();

    /// <summary>The limits of decoding.</summary>
    public DecodingOptions Decoding { get; init; } = new();

    /// <summary>How the forwarder paces itself.</summary>
    public ForwarderOptions Forwarder { get; init; } = new();

    /// <summary>Checks the values and how they relate.</summary>
    /// <exception cref="ArgumentException">All that is wrong, in one message.</exception>
    public void Validate()
    {
        Journal.Validate();
        Decoding.Validate();
        var errors = Errors().Concat(Forwarder.Errors()).ToList();
        if (errors.Count > 0)
            throw new ArgumentException("Gateway options: " + string.Join(' ', errors));
    }

    private IEnumerable<string> Errors()
    {
        if (!Identifier.IsValid(Id.Value))
            yield return $"Id {Identifier.FindError(Id.Value)}.";
        if (string.IsNullOrWhiteSpace(JournalFolder))
            yield return "JournalFolder is empty.";

        // What decoding lets through must fit a record: a message grows when it is decoded, by the names and times that it shared before.
        if (Journal.MaxRecordBytes < 2L * Decoding.MaxPayloadBytes)
            yield return $"Journal.MaxRecordBytes must be at least twice Decoding.MaxPayloadBytes, {2L * Decoding.MaxPayloadBytes}.";
    }
}
