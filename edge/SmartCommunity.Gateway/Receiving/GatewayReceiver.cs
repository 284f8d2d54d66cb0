using SmartCommunity.Events.Batches;
using SmartCommunity.Events.Ids;
using SmartCommunity.Gateway.Decoding;
using SmartCommunity.Gateway.Journaling;
using SmartCommunity.Mqtt.Server.Ports;
using SmartCommunity.Mqtt.Server.Sessions;

namespace SmartCommunity.Gateway.Receiving;

/// <summary>What the endpoint and the bridges hand their messages to: decode, encode, append. The position of a message is its journal sequence.</summary>
public sealed class GatewayReceiver(GatewayJournal journal, DecoderRegistry decoders, TimeProvider time, GatewayMetrics metrics) : IPublishReceiver
{
    /// <inheritdoc/>
    public long DurableThrough => journal.Log.DurableThrough;

    /// <inheritdoc/>
    public ValueTask<PublishReceipt> ReceiveAsync(ClientIdentity publisher, ReceivedPublish message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(publisher);
        var input = new DecodeInput(
            message.Topic, message.Payload, DeviceOf(publisher), message.Origin == PublishOrigin.Will, message.ContentType, time.GetUtcNow())
        {
            SpeaksForDevices = publisher.Kind is ClientKind.Gateway or ClientKind.Integration,
        };
        return ReceiveAsync(input, decoder: null, cancellationToken);
    }

    /// <summary>Takes one message, as <see cref="ReceiveAsync(ClientIdentity, ReceivedPublish, CancellationToken)"/> does.</summary>
    /// <param name="input">The message; its payload is valid only until the returned task completes.</param>
    /// <param name="decoder">The decoder that must take it; null for the first that takes its topic.</param>
    /// <param name="cancellationToken">Stops waiting for a journal that pushes back; the message is not in it then.</param>
    /// <exception cref="IOException">The journal can not store anything now.</exception>
    internal ValueTask<PublishReceipt> ReceiveAsync(in DecodeInput input, string? decoder, CancellationToken cancellationToken)
    {
        var scratch = ReceiveScratch.Take();
        var batch = decoders.Decode(input, scratch.Builder, decoder);
        metrics.Received(batch.DeadLetter is not null);
        if (batch.IsEmpty)
        {
            scratch.Return();
            return new ValueTask<PublishReceipt>(default(PublishReceipt));
        }

        EventBatchCodec.Write(scratch.Encoded, batch);
        var append = journal.Log.AppendAsync(scratch.Encoded.WrittenMemory, cancellationToken);
        if (!append.IsCompletedSuccessfully)
            return WaitForRoomAsync(append, scratch);

        scratch.Return();
        return new ValueTask<PublishReceipt>(new PublishReceipt(append.GetAwaiter().GetResult()));
    }

    /// <inheritdoc/>
    public ValueTask WaitUntilDurableAsync(long position, CancellationToken cancellationToken)
        => journal.Log.WaitUntilDurableAsync(position, cancellationToken);

    private static async ValueTask<PublishReceipt> WaitForRoomAsync(ValueTask<long> append, ReceiveScratch scratch)
    {
        var receipt = new PublishReceipt(await append);
        scratch.Return();
        return receipt;
    }

    private static DeviceId? DeviceOf(ClientIdentity publisher)
        => publisher.Kind == ClientKind.Device && Identifier.TryParse<DeviceId>(publisher.Name, out var device) ? device : null;
}
