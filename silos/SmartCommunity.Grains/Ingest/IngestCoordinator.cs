using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartCommunity.Grains.Communities;
using SmartCommunity.Stores.DeadLetters;

namespace SmartCommunity.Grains.Ingest;

/// <summary>The silo side of DESIGN 2.3: takes the batches of all gateways and sends each record to the grain of its place.</summary>
public sealed class IngestCoordinator(
    IGrainFactory grains, CommunityDirectory directory, IDeadLetterStore deadLetters, TimeProvider time, IOptions<IngestOptions> options, ILogger<IngestCoordinator> logger)
{
    private readonly ConcurrentDictionary<string, GatewayIngest> _gateways = new(StringComparer.Ordinal);

    /// <summary>
    /// Takes a batch. Batches of one gateway are called in the order of their sequences; they may overlap in time, and their parts reach each grain in the order of the calls.
    /// </summary>
    /// <exception cref="Journal.JournalDamagedException">The records were damaged on their way.</exception>
    public Task<IngestReply> TakeAsync(GatewayBatch batch, CancellationToken cancellationToken) =>
        _gateways.GetOrAdd(batch.Gateway, CreateStream).TakeAsync(batch, cancellationToken);

    private GatewayIngest CreateStream(string gateway) => new(gateway, grains, directory, deadLetters, time, options.Value, logger);
}
