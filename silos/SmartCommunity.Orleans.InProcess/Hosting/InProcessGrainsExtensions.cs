using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using Orleans.Timers;
using SmartCommunity.Orleans.InProcess.Activations;
using SmartCommunity.Orleans.InProcess.Calls;
using SmartCommunity.Orleans.InProcess.Catalog;
using SmartCommunity.Orleans.InProcess.Hosting;
using SmartCommunity.Orleans.InProcess.Reminders;
using SmartCommunity.Orleans.InProcess.Timers;

namespace SmartCommunity.Orleans.InProcess;

/// <summary>Puts grains into a host.</summary>
public static class InProcessGrainsExtensions
{
    /// <summary>
    /// Adds grains: <see cref="IGrainFactory"/> for callers, and a hosted service that stops them. Register it before the services that call
    /// grains, so that these stop first. May be called several times; the options add up. A <see cref="TimeProvider"/>, an
    /// <see cref="IReminderTable"/> and <see cref="IIncomingGrainCallFilter"/>s are taken from the services. Without a started host, no reminders
    /// are delivered, no calls time out and no idle grains are let go.
    /// </summary>
    /// <remarks>
    /// This host promises more than a cluster does, and grains must not lean on it. Here, calls of one caller keep their order while the grain
    /// is being activated or moves to its next activation, and are never given up on the way; Orleans may reorder them then, and rejects
    /// a call that met two ending activations. Here, a write waits for all reads that run, and a call that was cancelled in the queue never runs.
    /// Here, missed reminders come at once after a restart; Orleans skips to the next period. Orleans calls filters for its own grains and for
    /// timer ticks too. What crosses a call is copied there, unless it is immutable, and never here.
    /// </remarks>
    public static IServiceCollection AddInProcessGrains(this IServiceCollection services, Action<InProcessGrainOptions> configure)
    {
        services.AddLogging();
        services.AddMetrics();
        services.AddOptions<InProcessGrainOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<InProcessGrainOptions>, InProcessGrainOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IReminderTable, InMemoryReminderTable>();
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<InProcessGrainOptions>>().Value);
        services.TryAddSingleton(provider => new GrainMetrics(provider.GetRequiredService<IMeterFactory>()));
        services.TryAddSingleton(provider => new GrainCatalog(provider.GetRequiredService<InProcessGrainOptions>().Assemblies));
        AddCalls(services);
        AddActivations(services);
        AddWhatGrainsAsk(services);
        if (!services.Any(service => service.ImplementationType == typeof(GrainHostService)))
            services.AddHostedService<GrainHostService>();
        return services;
    }

    /// <inheritdoc cref="AddInProcessGrains"/>
    public static IHostApplicationBuilder UseInProcessOrleans(this IHostApplicationBuilder builder, Action<InProcessGrainOptions> configure)
    {
        builder.Services.AddInProcessGrains(configure);
        return builder;
    }

    /// <summary>Registers a store of grain states under the name that <see cref="PersistentStateAttribute"/> gives.</summary>
    public static IServiceCollection AddGrainStorage(this IServiceCollection services, string name, Func<IServiceProvider, IGrainStorage> create) =>
        services.AddKeyedSingleton(name, (provider, _) => create(provider));

    /// <summary>Registers a store in memory, for tests.</summary>
    public static IServiceCollection AddMemoryGrainStorage(this IServiceCollection services, string name) =>
        services.AddGrainStorage(name, _ => new MemoryGrainStorage());

    private static void AddCalls(IServiceCollection services)
    {
        services.TryAddSingleton(provider => new CallServices(
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<GrainMetrics>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger(GrainMetrics.MeterName),
            [.. provider.GetServices<IIncomingGrainCallFilter>()]));
        services.TryAddSingleton<GrainContracts>();
    }

    private static void AddActivations(IServiceCollection services)
    {
        services.TryAddSingleton(provider => new ActivationHost(
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<InProcessGrainOptions>(),
            provider.GetRequiredService<GrainMetrics>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger(GrainMetrics.MeterName),
            provider.GetRequiredService<IServiceScopeFactory>()));
        services.TryAddSingleton<ActivationDirectory>();
        services.TryAddSingleton<ActivationSweeper>();
        services.TryAddSingleton<IInProcessGrains, InProcessGrains>();
    }

    private static void AddWhatGrainsAsk(IServiceCollection services)
    {
        services.TryAddSingleton<IGrainFactory, GrainFactory>();
        services.TryAddSingleton<ITimerRegistry, TimerRegistry>();
        services.TryAddSingleton<ReminderService>();
        services.TryAddSingleton<IReminderRegistry, ReminderRegistry>();
        services.TryAddSingleton<IGrainRuntime, GrainRuntime>();
        services.TryAddSingleton<IGrainContextAccessor, GrainContextAccessor>();
        services.TryAddScoped(provider => provider.GetRequiredService<IGrainContextAccessor>().GrainContext);
    }
}
