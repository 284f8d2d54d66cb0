using Microsoft.Extensions.Hosting;

namespace SmartCommunity.Grains.Communities;

/// <summary>Wakes every place at start, so that clocks run and silence is noticed also where no event comes.</summary>
public sealed class PlaceWaker(CommunityDirectory directory, IGrainFactory grains) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(directory.Communities.SelectMany(community => CommunityPlaces.Of(community, grains)).Select(place => place.WakeAsync()));

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
