using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SmartCommunity.Host.Edge.Accounts;

/// <summary>Not ready while the accounts file lets nobody in because it is wrong. The reason is in the log: this answer is open to everybody.</summary>
internal sealed class AccountsHealthCheck(AccountsFile file) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(file switch
    {
        { IsUsed: false } => HealthCheckResult.Healthy("no accounts file is used"),
        { Problem: null } => HealthCheckResult.Healthy(),
        _ => HealthCheckResult.Unhealthy("the accounts file can not be used, and lets nobody in; the log says why"),
    });
}
