using Microsoft.Extensions.DependencyInjection;
using Orleans;
using SmartCommunity.Orleans.InProcess.Tests.Support;

namespace SmartCommunity.Orleans.InProcess.Tests.Calls;

public interface IFilteredGrain : IGrainWithStringKey
{
    Task<int> Add(int a, int b);

    Task Fail();

    Task<int> AskOther(string key);
}

public sealed class FilteredGrain(Probe probe) : Grain, IFilteredGrain, IIncomingGrainCallFilter
{
    private int _failures;

    public Task<int> Add(int a, int b) => Task.FromResult(a + b);

    public Task Fail() => ++_failures < 3 ? throw new FormatException("Not yet.") : Task.CompletedTask;

    public Task<int> AskOther(string key) => GrainFactory.GetGrain<IFilteredGrain>(key).Add(1, 1);

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        probe.Write("own");
        await context.Invoke();
    }
}

public sealed class FilterTests
{
    [Fact]
    public async Task FiltersRunInTheirOrderAroundTheGrainsOwnAndSeeTheCall()
    {
        await using var host = await Start(
            async context =>
            {
                var probe = context.TargetContext.ActivationServices.GetRequiredService<Probe>();
                probe.Write($"1 {context.InterfaceMethod.Name} {context.ImplementationMethod.DeclaringType!.Name} {context.TargetId} {context.SourceId}");
                context.Request.SetArgument(1, 40);
                await context.Invoke();
                probe.Write($"1 {context.Result}");
                context.Result = 100 + (int)context.Result!;
            },
            async context =>
            {
                var probe = context.TargetContext.ActivationServices.GetRequiredService<Probe>();
                probe.Write($"2 {context.Request.GetArgumentCount()} {context.Request.GetArgument(0)} {context.Request.GetArgument(1)}");
                await context.Invoke();
                probe.Write("2");
            });

        (await host.Grains.GetGrain<IFilteredGrain>("a").Add(2, 3)).ShouldBe(142);

        host.Probe.Log.ShouldBe(["1 Add FilteredGrain filtered/a ", "2 2 2 40", "own", "2", "1 42"]);
    }

    [Fact]
    public async Task AFilterMayAnswerItselfAndTheGrainIsNotCalled()
    {
        await using var host = await Start(context =>
        {
            context.Result = 7;
            return Task.CompletedTask;
        });

        (await host.Grains.GetGrain<IFilteredGrain>("a").Add(2, 3)).ShouldBe(7);
        host.Probe.Log.ShouldBeEmpty();
    }

    [Fact]
    public async Task AFilterMayTryAgain()
    {
        await using var host = await Start(async context =>
        {
            while (true)
            {
                try
                {
                    await context.Invoke();
                    return;
                }
                catch (FormatException)
                {
                }
            }
        });

        await host.Grains.GetGrain<IFilteredGrain>("a").Fail().Soon();
        host.Probe.Log.ShouldBe(["own", "own", "own"]);
    }

    [Fact]
    public async Task TheCallingGrainIsKnown()
    {
        var sources = new List<string>();
        await using var host = await Start(context =>
        {
            sources.Add($"{context.MethodName} {context.SourceId}");
            return context.Invoke();
        });

        (await host.Grains.GetGrain<IFilteredGrain>("a").AskOther("b")).ShouldBe(2);
        sources.ShouldBe(["AskOther ", "Add filtered/a"]);
    }

    private static Task<GrainTestHost> Start(params Func<IIncomingGrainCallContext, Task>[] filters) =>
        GrainTestHost.StartAsync(services: services =>
        {
            foreach (var filter in filters)
                services.AddSingleton<IIncomingGrainCallFilter>(new Filter(filter));
        });

    private sealed class Filter(Func<IIncomingGrainCallContext, Task> invoke) : IIncomingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context) => invoke(context);
    }
}
