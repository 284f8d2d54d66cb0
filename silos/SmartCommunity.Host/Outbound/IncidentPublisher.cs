using System.Text.Json;
using SmartCommunity.Grains.Cases;
using SmartCommunity.Host.Edge.Rights;
using SmartCommunity.Host.Logging;
using SmartCommunity.Mqtt.Server;
using SmartCommunity.Stores.Incidents;
using SmartCommunity.Stores.Outbox;

namespace SmartCommunity.Host.Outbound;

/// <summary>
/// Tells sirens, displays and other software: <c>sc/v1/incidents/{building|grid}/{incidentId}</c>, retained while the case is open, cleared when it ends.
/// </summary>
internal sealed class IncidentPublisher(IOutbox outbox, IIncidentStore incidents, MqttEndpoint endpoint, ILogger<IncidentPublisher> logger) : BackgroundService
{
    private const int RowsAtOnce = 256;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await FollowAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops. Where its start failed, the host would take this for a failure of its own.
        }
    }

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        var sequence = outbox.LastSequence;
        await PublishOpenAsync(stoppingToken);
        while (true)
        {
            await outbox.WaitAfterAsync(sequence, stoppingToken);
            foreach (var entry in await outbox.ReadAfterAsync(sequence, RowsAtOnce, stoppingToken))
            {
                sequence = entry.Sequence;
                if (entry.Row.Topic == "incident")
                {
                    await PublishAsync(entry.Row.Building.Length > 0 ? entry.Row.Building : entry.Row.Grid, entry.Row.Subject, entry.Row.Json, stoppingToken);
                }
            }
        }
    }

    /// <summary>Retained messages are as old as the process: what was open before it is told again.</summary>
    private async Task PublishOpenAsync(CancellationToken cancellationToken)
    {
        var query = new IncidentQuery { Open = true, Limit = 500 };
        do
        {
            var page = await incidents.ListAsync(query, cancellationToken);
            foreach (var incident in page.Items)
            {
                var row = IncidentRows.Of(incident, step: null);
                await PublishAsync(incident.Building?.Value ?? incident.Grid.Value, incident.Id.Value, row.Json, cancellationToken);
            }

            query = query with { Cursor = page.Next };
        }
        while (query.Cursor is not null);
    }

    private async Task PublishAsync(string place, string incident, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        var topic = $"{TopicRules.Incidents}{place}/{incident}";
        var isOpen = JsonElement.Parse(json.Span).GetProperty("open").GetBoolean();
        try
        {
            // Whoever listens hears of the end too; then the retained message goes, so that a newcomer sees open cases only.
            await endpoint.PublishAsync(topic, json, retain: isOpen);
            if (!isOpen)
            {
                await endpoint.PublishAsync(topic, ReadOnlyMemory<byte>.Empty, retain: true);
            }
        }
        catch (IOException exception)
        {
            logger.IncidentNotPublished(exception, incident);
        }
    }
}
