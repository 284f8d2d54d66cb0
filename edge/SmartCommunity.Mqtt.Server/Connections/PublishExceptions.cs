namespace SmartCommunity.Mqtt.Server.Connections;

/// <summary>The client published where it may not, and the connection has to end because no acknowledgement can say so.</summary>
internal sealed class PublishRefusedException(string topic) : Exception($"Publishing to '{topic}' is not allowed.");

/// <summary>The receiver threw; the message has not been stored and must not be acknowledged.</summary>
internal sealed class ReceiverFailedException(IOException inner) : Exception(inner.Message, inner);
