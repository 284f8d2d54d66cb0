using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartCommunity.Gateway.Bridging.Configuration;
using SmartCommunity.Gateway.Receiving;

namespace SmartCommunity.Gateway.Bridging;

/// <summary>Runs the bridges.</summary>
internal sealed class BridgeService : BackgroundService, IBridges
{
    private readonly IReadOnlyList<Bridge> _bridges;

    /// <summary>Makes the bridges; none connects yet.</summary>
    public BridgeService(
        BridgeList list, GatewayOptions gateway, GatewayReceiver receiver, BridgeMetrics metrics, TimeProvider time, ILogger<BridgeService> logger)
    {
        _bridges =
        [
            .. list.Bridges.Select(options => new Bridge(options, receiver, metrics, time, new Random(HashCode.Combine(gateway.Id, options.Name)), logger)),
        ];
        metrics.Watch(_bridges);
    }

    /// <inheritdoc/>
    public IReadOnlyList<BridgeStatus> List() => [.. _bridges.Select(bridge => bridge.State.Describe())];

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(_bridges.Select(bridge => bridge.RunAsync(stoppingToken)));
}

/// <summary>The bridges as they were configured.</summary>
internal sealed record BridgeList(IReadOnlyList<BridgeOptions> Bridges);
