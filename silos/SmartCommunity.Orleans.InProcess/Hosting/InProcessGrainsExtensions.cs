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
    /// <see cref="IReminderTable"/> and <see cref="IIncomingGrainCallFilter"/>s are taken from the services.
    /// </summary>
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
