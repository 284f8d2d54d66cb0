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

    /// <summary>What is open is told again, and what else is retained is forgotten: a case may have ended while nobody could be told.</summary>
    private async Task PublishOpenAsync(CancellationToken cancellationToken)
    {
        var stale = endpoint.ListRetained(TopicRules.Incidents + "#").ToHashSet(StringComparer.Ordinal);
        var query = new IncidentQuery { Open = true, Limit = 500 };
        do
        {
            var page = await incidents.ListAsync(query, cancellationToken);
            foreach (var incident in page.Items)
            {
                var row = IncidentRows.Of(incident, step: null);
                var place = incident.Building?.Value ?? incident.Grid.Value;
                stale.Remove(TopicOf(place, incident.Id.Value));
                await PublishAsync(place, incident.Id.Value, row.Json, cancellationToken);
            }

            query = query with { Cursor = page.Next };
        }
        while (query.Cursor is not null);

        foreach (var topic in stale)
        {
            await ForgetAsync(topic);
        }
    }

    private static string TopicOf(string place, string incident) => $"{TopicRules.Incidents}{place}/{incident}";

    private async Task ForgetAsync(string topic)
    {
        try
        {
            await endpoint.PublishAsync(topic, ReadOnlyMemory<byte>.Empty, retain: true);
        }
        catch (IOException exception)
        {
            logger.IncidentNotPublished(exception, topic);
        }
    }

    private async Task PublishAsync(string place, string incident, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        var topic = TopicOf(place, incident);
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
