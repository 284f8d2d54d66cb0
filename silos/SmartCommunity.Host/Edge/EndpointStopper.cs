using SmartCommunity.Mqtt.Server;

namespace SmartCommunity.Host.Edge;

/// <summary>Tells MQTT clients goodbye before anything else stops: Kestrel would wait for connections that have no reason to end.</summary>
internal sealed class EndpointStopper(MqttEndpoint endpoint) : IHostedLifecycleService
{
    public Task StoppingAsync(CancellationToken cancellationToken) => endpoint.StopAsync(cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
