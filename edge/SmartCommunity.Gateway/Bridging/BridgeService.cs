using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartCommunity.Gateway.Bridging.Configuration;
using SmartCommunity.Gateway.Decoding;
using SmartCommunity.Gateway.Receiving;

namespace SmartCommunity.Gateway.Bridging;

/// <summary>Runs the bridges.</summary>
internal sealed class BridgeService : BackgroundService, IBridges
{
    private readonly IReadOnlyList<Bridge> _bridges;

    /// <summary>Checks the configuration and makes the bridges; none connects yet.</summary>
    /// <exception cref="OptionsValidationException">Everything that is wrong with the configuration.</exception>
    public BridgeService(
        BridgeList list,
        GatewayOptions gateway,
        DecoderRegistry decoders,
        GatewayReceiver receiver,
        BridgeMetrics metrics,
        TimeProvider time,
        ILogger<BridgeService> logger)
    {
        var bridges = BridgeReader.Read(list.Settings, gateway.Id, decoders.Names, list.Section, out var errors);
        if (errors.Count > 0)
            throw new OptionsValidationException(list.Section, typeof(BridgeSettings), errors);
        _bridges = [.. bridges.Select(options => new Bridge(options, receiver, metrics, time, new Random(HashCode.Combine(gateway.Id, options.Name)), logger))];
        metrics.Watch(_bridges);
    }

    /// <inheritdoc/>
    public IReadOnlyList<BridgeStatus> List() => [.. _bridges.Select(bridge => bridge.State.Describe())];

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(_bridges.Select(bridge => bridge.RunAsync(stoppingToken)));
}

/// <summary>The bridges as they were configured.</summary>
/// <param name="Settings">One entry each.</param>
/// <param name="Section">Where they stand in the configuration.</param>
internal sealed record BridgeList(IReadOnlyList<BridgeSettings> Settings, string Section);
