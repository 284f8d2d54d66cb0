using Serilog;
using Serilog.Extensions.Logging;
using SmartCommunity.Api;
using SmartCommunity.Api.Accounts;
using SmartCommunity.Api.Connections;
using SmartCommunity.Api.Health;
using SmartCommunity.Api.Console;
using SmartCommunity.Gateway;
using SmartCommunity.Gateway.Bridging;
using SmartCommunity.Gateway.Forwarding;
using SmartCommunity.Grains;
using SmartCommunity.Grains.Communities;
using SmartCommunity.Grains.Storage;
using SmartCommunity.Host.Commands;
using SmartCommunity.Host.Configuration;
using SmartCommunity.Host.Edge;
using SmartCommunity.Host.Edge.Accounts;
using SmartCommunity.Host.Edge.Rights;
using SmartCommunity.Host.Edge.SignIn;
using SmartCommunity.Host.Logging;
using SmartCommunity.Host.Outbound;
using SmartCommunity.Host.Provisioning;
using SmartCommunity.Host.Silo;
using SmartCommunity.Mqtt.Server.Hosting;
using SmartCommunity.Mqtt.Server.Ports;
using SmartCommunity.Orleans.InProcess;
using SmartCommunity.Stores.Sqlite;

namespace SmartCommunity.Host.Hosting;

/// <summary>Puts the process together. What is added last stops first: the endpoint, then the forwarder, then the grains, then the stores.</summary>
internal static class HostComposition
{
    /// <summary>How long a stop may take. Default 10 s: draining takes tens of milliseconds, and whoever stops a service waits.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);

    public static WebApplication Build(IReadOnlyDictionary<string, string?> overrides, DemoMode? demo)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(overrides);
        var settings = HostSettings.Read(builder.Configuration);
        var data = DataFolder.Open(settings.Data);
        AddLogging(builder, data, toFiles: demo is null);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = StopTimeout);
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(settings).AddSingleton(data).AddSingleton<Provisioner>();
        var workers = new BackgroundWorkers(Environment.ProcessorCount, Math.Clamp(settings.BackgroundNiceness, 0, 19));
        AddSilo(builder.Services, data, workers);
        AddEdge(builder.Services, workers, EdgeSettings.Read(builder.Configuration, settings, data));
        builder.Services.AddBridges(BridgesSection.Read(builder.Configuration, settings), BridgesSection.Name);
        builder.Services.AddSmartCommunityApi(new ApiOptions { KeysFolder = data.Keys });
        Listen(builder, settings);
        if (demo is not null)
        {
            builder.Services.AddSingleton<SimulatedFleet>();
            builder.Services.AddHostedService(provider => provider.GetRequiredService<SimulatedFleet>());
        }

        var app = builder.Build();
        app.MapSmartCommunityApi();
        app.MapConsole();
        app.MapMqtt("/mqtt").AllowAnonymous();
        return app;
    }

    private static void AddSilo(IServiceCollection services, DataFolder data, BackgroundWorkers workers)
    {
        services.AddSqliteStores(new SqliteStoreOptions { DataFolder = data.Path, WriterStarting = workers.LowerThisThread });
        services.AddSmartCommunityGrains();
        services.AddInProcessGrains(options =>
        {
            options.Assemblies.Add(typeof(GrainServices).Assembly);
            options.Queue = workers.Queue;
        });
        services.AddGrainStorage(GrainStorageNames.Checkpoints, provider => ActivatorUtilities.CreateInstance<CheckpointGrainStorage>(provider));
        services.AddSingleton<IReminderTable, StoredReminderTable>();
        services.AddHostedService<PlaceWaker>();
    }

    private static void AddEdge(IServiceCollection services, BackgroundWorkers workers, EdgeSettings edge)
    {
        services.AddSingleton<IIngestTarget, InProcessIngestTarget>();
        AddAccounts(services);
        services.AddGateway(edge.Gateway with { Forwarder = edge.Gateway.Forwarder with { Scheduler = workers } });
        services.AddMqttServer(edge.Mqtt);
        services.AddHostedService<EndpointStopper>();
        services.AddHostedService<IncidentPublisher>();
        services.AddHealthChecks().AddCheck<JournalHealthCheck>("journal", tags: [HealthRoutes.ReadyTag]);
    }

    private static void AddAccounts(IServiceCollection services)
    {
        services.AddSingleton<AccountsFile>().AddSingleton<AccountDirectory>().AddSingleton<TokenUses>().AddSingleton<RefusalLog>().AddSingleton<Revocations>();
        services.AddSingleton<IClientAuthenticator, DirectoryAuthenticator>();
        services.AddSingleton<ITopicAuthorizer, TopicRules>();
        services.AddSingleton<CredentialKeeper>();
        services.AddSingleton<ICredentialObserver>(provider => provider.GetRequiredService<CredentialKeeper>());
        services.AddHostedService(provider => provider.GetRequiredService<CredentialKeeper>());
        services.AddSingleton<IMqttConnections, EndpointConnections>();
        services.AddHealthChecks().AddCheck<AccountsHealthCheck>("accounts", tags: [HealthRoutes.ReadyTag]);
    }

    private static void Listen(WebApplicationBuilder builder, HostSettings settings)
    {
        var listeners = Listeners.Of(settings);
        var certificates = listeners.Mqtts.Count == 0 ? null : ServerCertificate.Load(settings.Certificate);
        if (certificates is not null) builder.Services.AddSingleton(_ => certificates);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            foreach (var http in listeners.Http) kestrel.Listen(http);
            foreach (var mqtt in listeners.Mqtt) kestrel.Listen(mqtt, listener => listener.UseMqtt());
            foreach (var mqtts in listeners.Mqtts) kestrel.Listen(mqtts, listener => listener.UseMqtts(certificates!));
        });
    }

    private static void AddLogging(WebApplicationBuilder builder, DataFolder data, bool toFiles)
    {
        var logger = new LoggerConfiguration();
        HostLogging.Configure(builder.Configuration, logger, data, toFiles);
        builder.Logging.ClearProviders().AddProvider(new SerilogLoggerProvider(logger.CreateLogger(), dispose: true));
    }
}
