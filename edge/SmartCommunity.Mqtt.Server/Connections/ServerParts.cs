using SmartCommunity.Mqtt.Server.Diagnostics;
using SmartCommunity.Mqtt.Server.Limits;
using SmartCommunity.Mqtt.Server.Persistence;
using SmartCommunity.Mqtt.Server.Ports;
using SmartCommunity.Mqtt.Server.Routing;
using SmartCommunity.Mqtt.Server.Sessions;

namespace SmartCommunity.Mqtt.Server.Connections;

/// <summary>What all connections of an endpoint share.</summary>
internal sealed record ServerParts(
    MqttServerOptions Options,
    IPublishReceiver Receiver,
    IClientAuthenticator Authenticator,
    ITopicAuthorizer Authorizer,
    Router Router,
    SessionRegistry Sessions,
    WillPublisher Wills,
    TimeProvider Time,
    ServerMetrics Metrics,
    ServerLog Log,
    ServerLimits Limits)
{
    /// <summary>Where lasting sessions and retained messages are kept; null when they are in memory only.</summary>
    public StateStore? Store { get; init; }
}
