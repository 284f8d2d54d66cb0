using SmartCommunity.Mqtt.Server.Sessions;

namespace SmartCommunity.Mqtt.Server.Ports;

/// <summary>
/// Where the endpoint hands every PUBLISH of a client before it acknowledges it. The gateway implements it on its journal.
/// </summary>
/// <remarks>
/// The protocol is: <see cref="ReceiveAsync"/> gives each message a position; the endpoint acknowledges a QoS 1 or QoS 2 message once
/// <see cref="DurableThrough"/> has reached that position. Positions rise in the order of the calls, so that one flush releases
/// many acknowledgements and one socket write carries them.
/// </remarks>
public interface IPublishReceiver
{
    /// <summary>Every position up to this one is on disk.</summary>
    long DurableThrough { get; }

    /// <summary>
    /// Takes one message. It completes at once unless the receiver pushes back, in which case the endpoint stops reading that socket.
    /// </summary>
    /// <param name="publisher">Who published.</param>
    /// <param name="message">The message; its payload is valid only until the returned task completes.</param>
    /// <param name="cancellationToken">Cancelled when the connection or the endpoint stops.</param>
    /// <exception cref="IOException">The receiver can not store anything now; the connection is closed without an acknowledgement.</exception>
    ValueTask<PublishReceipt> ReceiveAsync(ClientIdentity publisher, ReceivedPublish message, CancellationToken cancellationToken);

    /// <summary>Completes when <see cref="DurableThrough"/> ≥ <paramref name="position"/>.</summary>
    /// <exception cref="IOException">The flush failed; nothing that waits may be acknowledged.</exception>
    ValueTask WaitUntilDurableAsync(long position, CancellationToken cancellationToken);
}

/// <summary>A PUBLISH as the receiver sees it.</summary>
/// <param name="Topic">The topic name, alias resolved.</param>
/// <param name="Payload">The payload; owned by the endpoint, valid until ReceiveAsync completes.</param>
/// <param name="QualityOfService">0, 1 or 2.</param>
/// <param name="Retain">The RETAIN flag.</param>
/// <param name="Duplicate">The DUP flag.</param>
/// <param name="ContentType">MQTT 5 content type, or null.</param>
/// <param name="Origin">Whether the client sent it, or the endpoint on the client's behalf (its will).</param>
public readonly record struct ReceivedPublish(
    string Topic, ReadOnlyMemory<byte> Payload, byte QualityOfService, bool Retain, bool Duplicate, string? ContentType, PublishOrigin Origin);

/// <summary>Who caused a message.</summary>
public enum PublishOrigin : byte
{
    /// <summary>A PUBLISH packet of the client.</summary>
    Client = 0,

    /// <summary>The client's will, published by the endpoint (MQTT 5.0 section 3.1.2.5).</summary>
    Will = 1,
}

/// <summary>What became of a message.</summary>
/// <param name="Position">The position to wait for; 0 when there is nothing to wait for.</param>
public readonly record struct PublishReceipt(long Position);
