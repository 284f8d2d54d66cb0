using SmartCommunity.Events.Ids;

namespace SmartCommunity.Events;

/// <summary>A message that no decoder understood, kept with its bytes and the reason, so that it can be looked at and replayed.</summary>
/// <param name="Topic">Where it was published.</param>
/// <param name="Payload">The raw bytes, cut at the gateway's option for the longest kept payload.</param>
/// <param name="Publisher">Who published it, or null when it came from no device.</param>
/// <param name="Decoder">The decoder that refused it, or empty when none is bound to the topic.</param>
/// <param name="Reason">What was wrong, in one sentence.</param>
public sealed record DeadLetter(string Topic, ReadOnlyMemory<byte> Payload, DeviceId? Publisher, string Decoder, string Reason);
