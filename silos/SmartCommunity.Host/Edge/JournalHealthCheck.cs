using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SmartCommunity.Gateway.Forwarding;
using SmartCommunity.Gateway.Journaling;
using SmartCommunity.Journal;

namespace SmartCommunity.Host.Edge;

/// <summary>Not ready while the journal can not take events: devices would wait for acknowledgements that do not come.</summary>
internal sealed class JournalHealthCheck(GatewayJournal journal, ForwarderStatus forwarder) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var backlog = string.Create(CultureInfo.InvariantCulture, $"{forwarder.BacklogRecords} records wait for the silos");
        return Task.FromResult(journal.Log.State switch
        {
            JournalState.Running => HealthCheckResult.Healthy(backlog),
            JournalState.DiskFull => HealthCheckResult.Unhealthy($"the disk of the journal is full; {backlog}"),
            _ => HealthCheckResult.Unhealthy($"the journal failed and acknowledges nothing any more; look at the disk and restart; {backlog}"),
        });
    }
}
