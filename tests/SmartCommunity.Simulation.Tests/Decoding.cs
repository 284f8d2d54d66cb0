using SmartCommunity.Events;
using SmartCommunity.Events.Ids;
using SmartCommunity.Gateway.Decoding;
using SmartCommunity.Gateway.Decoding.Native;
using SmartCommunity.Simulation.Payloads;

namespace SmartCommunity.Simulation.Tests;

/// <summary>What the gateway makes of a message: the same decoder as in the product.</summary>
internal static class Decoding
{
    private static readonly NativeDecoder Decoder = new(new DecodingOptions());

    /// <summary>Decodes a message; fails the test when any part of it is not understood.</summary>
    public static EventBatch Decode(DeviceId device, DeviceMessage message, DateTimeOffset receivedAt, bool isWill = false)
    {
        var input = new DecodeInput(DeviceTopics.Of(device, message.Channel), message.Payload, device, isWill, ContentType: null, receivedAt);
        var builder = new EventBatchBuilder();
        Decoder.Decode(in input, builder);
        var batch = builder.Build(in input, Decoder.Name, maxDeadLetterBytes: 1000);
        batch.DeadLetter.ShouldBeNull($"{message}: {batch.DeadLetter?.Reason}");
        return batch;
    }
}
