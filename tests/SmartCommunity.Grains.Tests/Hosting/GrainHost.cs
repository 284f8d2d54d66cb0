using System.Buffers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Orleans;
using SmartCommunity.Events;
using SmartCommunity.Events.Batches;
using SmartCommunity.Events.Ids;
using SmartCommunity.Grains.Communities;
using SmartCommunity.Grains.Ingest;
using SmartCommunity.Grains.Storage;
using SmartCommunity.Journal;
using SmartCommunity.Orleans.InProcess;
using SmartCommunity.Stores.Directory;
using SmartCommunity.Stores.Incidents;
using SmartCommunity.Stores.Sqlite;
using SmartCommunity.TestKit.Time;

namespace SmartCommunity.Grains.Tests.Hosting;

/// <summary>The real grains on the in-process host and the embedded stores, on a clock that the test moves.</summary>
internal sealed class GrainHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly IHostedService[] _hosted;

    private GrainHost(ServiceProvider services)
    {
        _services = services;
        _hosted = [.. services.GetServices<IHostedService>()];
    }

    public IGrainFactory Grains => Get<IGrainFactory>();

    public IngestCoordinator Ingest => Get<IngestCoordinator>();

    public IIncidentStore Incidents => Get<IIncidentStore>();

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Starts on a folder; a second start on the same folder is a restart.</summary>
    public static async Task<GrainHost> StartAsync(string folder, ManualTimeProvider time, Action<IServiceCollection>? change = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton<TimeProvider>(time);
        services.AddSqliteStores(new SqliteStoreOptions { DataFolder = folder });
        services.AddSmartCommunityGrains();
        services.AddInProcessGrains(options => options.Assemblies.Add(typeof(GrainServices).Assembly));
        services.AddGrainStorage(GrainStorageNames.Checkpoints, provider => ActivatorUtilities.CreateInstance<CheckpointGrainStorage>(provider));
        services.AddSingleton<IReminderTable, InMemoryReminderTable>();
        change?.Invoke(services);
        var host = new GrainHost(services.BuildServiceProvider());
        await host.Get<IDirectoryStore>().WriteCommunityAsync(
            CommunityId.Parse(SmallCommunity.Id), SmallCommunity.Yaml, expectedVersion: 0, time.GetUtcNow(), "test", CancellationToken.None);
        await host.Get<CommunityDirectory>().LoadAsync(CancellationToken.None);
        foreach (var service in host._hosted)
        {
            await service.StartAsync(CancellationToken.None);
        }

        return host;
    }

    /// <summary>Sends events and samples as records of a gateway, one record each, from a sequence on.</summary>
    public Task<IngestReply> SendAsync(long first, params EventBatch[] batches) => SendAsync(first, durableThrough: 0, caughtUp: true, batches);

    /// <inheritdoc cref="SendAsync(long, EventBatch[])"/>
    public Task<IngestReply> SendAsync(long first, long durableThrough, bool caughtUp, params EventBatch[] batches)
    {
        var records = new ArrayBufferWriter<byte>();
        for (var i = 0; i < batches.Length; i++)
        {
            JournalRecords.Write(records, first + i, EventBatchCodec.ToArray(batches[i]));
        }

        return Ingest.TakeAsync(new("edge", first, first + batches.Length - 1, records.WrittenMemory, durableThrough, caughtUp), CancellationToken.None);
    }

    /// <summary>Stops as an orderly process does.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var service in _hosted.Reverse())
        {
            await service.StopAsync(CancellationToken.None);
        }

        await _services.DisposeAsync();
    }
}
