namespace SmartCommunity.Gateway.Decoding;

/// <summary>The limits of decoding. What exceeds them becomes a dead letter.</summary>
public sealed record DecodingOptions
{
    /// <summary>The longest payload that is decoded, in bytes. Default 1 MiB: a day of backfilled readings fits, a picture belongs elsewhere.</summary>
    public int MaxPayloadBytes { get; init; } = 1 << 20;

    /// <summary>How much of a payload a dead letter keeps, in bytes. Default 64 KiB: enough to see what is wrong, also when a device sends it every second.</summary>
    public int MaxDeadLetterBytes { get; init; } = 64 << 10;

    /// <summary>The deepest nesting of JSON. Default 16: devices use three or four levels.</summary>
    public int MaxDepth { get; init; } = 16;

    /// <summary>The most samples of one message. Default 4,096: a message is encoded while others wait for the same connection.</summary>
    public int MaxSamples { get; init; } = 4096;

    /// <summary>The most events of one message. Default 256.</summary>
    public int MaxEvents { get; init; } = 256;

    /// <summary>The most pictures and clips of one event. Default 32.</summary>
    public int MaxEvidence { get; init; } = 32;

    /// <summary>No device of ours was made before: an earlier time is that of a clock that was never set. Default 2015-01-01.</summary>
    public DateTimeOffset EarliestTime { get; init; } = new(2015, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How far a device's clock may be ahead. Default 24 h: a wrong time zone is forgiven, a wrong year is not.</summary>
    public TimeSpan MaxAhead { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">All that is wrong, in one message.</exception>
    public void Validate()
    {
        var errors = Errors().ToList();
        if (errors.Count > 0)
            throw new ArgumentException("Decoding options: " + string.Join(' ', errors));
    }

    private IEnumerable<string> Errors()
    {
        if (MaxPayloadBytes < 1)
            yield return "MaxPayloadBytes must be positive.";
        if (MaxDeadLetterBytes < 1 || MaxDeadLetterBytes > 8 << 20)
            yield return "MaxDeadLetterBytes must be from 1 to 8 MiB, for a dead letter is one journal record.";
        if (MaxDepth is < 4 or > 64)
            yield return "MaxDepth must be from 4, which the native format needs, to 64.";
        if (MaxSamples is < 1 or > 65_536 || MaxEvents is < 1 or > 65_536 || MaxEvidence is < 1 or > 65_536)
            yield return "MaxSamples, MaxEvents and MaxEvidence must be from 1 to 65,536.";
        if (MaxAhead < TimeSpan.Zero)
            yield return "MaxAhead must not be negative.";
    }
}
