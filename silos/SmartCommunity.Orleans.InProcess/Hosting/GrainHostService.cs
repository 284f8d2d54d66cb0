using Microsoft.Extensions.Hosting;
using SmartCommunity.Orleans.InProcess.Activations;
using SmartCommunity.Orleans.InProcess.Catalog;
using SmartCommunity.Orleans.InProcess.Reminders;

namespace SmartCommunity.Orleans.InProcess.Hosting;

/// <summary>
/// Starts and stops the grains with the host. Services that are registered after the grains have stopped by the time that the grains do. Reminders
/// are delivered once all services have started, because what they call may need them.
/// </summary>
internal sealed class GrainHostService(GrainCatalog catalog, ActivationDirectory directory, ActivationSweeper sweeper, ReminderService reminders, ActivationHost host)
    : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        host.Logger.HostStarted(host.Options.Name, catalog.Count);
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => reminders.StartAsync();

    public Task StoppingAsync(CancellationToken cancellationToken) => reminders.StopAsync(cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await directory.StopAsync(cancellationToken);
        sweeper.Dispose();
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
