using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace SmartCommunity.Orleans.InProcess.Tests.Support;

/// <summary>A host with the grains of this assembly, on a clock that the test moves.</summary>
internal sealed class GrainTestHost : IAsyncDisposable
{
    private readonly IHost _host;

    private GrainTestHost(IHost host, TestTime time, Probe probe, TestLog log)
    {
        _host = host;
        Time = time;
        Probe = probe;
        Log = log;
    }

    public TestTime Time { get; }

    public Probe Probe { get; }

    public TestLog Log { get; }

    public IServiceProvider Services => _host.Services;

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public IInProcessGrains Management => Services.GetRequiredService<IInProcessGrains>();

    public static async Task<GrainTestHost> StartAsync(
        Action<InProcessGrainOptions>? options = null, Action<IServiceCollection>? services = null, TestTime? time = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        time ??= new();
        var probe = new Probe();
        var log = new TestLog();
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton(probe);
        builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace);
        builder.UseInProcessOrleans(grains =>
        {
            grains.Assemblies.Add(typeof(GrainTestHost).Assembly);
            options?.Invoke(grains);
        });
        services?.Invoke(builder.Services);
        var host = builder.Build();
        await host.StartAsync();
        return new(host, time, probe, log);
    }

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        // A grain that a failed test left at a gate shall not hold up the others.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await _host.StopAsync(limit.Token);
        _host.Dispose();
    }
}
