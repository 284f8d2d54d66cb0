using SmartCommunity.Orleans.InProcess.Tests.Support;

namespace SmartCommunity.Orleans.InProcess.Tests.Calls;

public sealed class CancellationTests
{
    [Fact]
    public async Task TheCallerStopsWaitingAndTheGrainIsTold()
    {
        await using var host = await GrainTestHost.StartAsync();
        using var source = new CancellationTokenSource();
        var call = Grain(host).WithToken("one", source.Token);
        await host.Probe.Seen("one in");

        await source.CancelAsync();

        (await Should.ThrowAsync<OperationCanceledException>(() => call.Soon())).CancellationToken.ShouldBe(source.Token);
        await host.Probe.Seen("one cancelled");
        host.Probe.Open("one");
    }

    [Fact]
    public async Task ACallThatIsCancelledInTheQueueNeverRuns()
    {
        await using var host = await GrainTestHost.StartAsync();
        using var source = new CancellationTokenSource();
        var first = Grain(host).Plain("first");
        await host.Probe.Seen("first in");
        var second = Grain(host).WithToken("second", source.Token);

        await source.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => second.Soon());
        host.Probe.Open("first");
        await first.Soon();
        await Grain(host).Echo("fence");

        host.Probe.Has("second in").ShouldBeFalse();
    }

    [Fact]
    public async Task ATokenThatIsCancelledAlreadySendsNothing()
    {
        await using var host = await GrainTestHost.StartAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => Grain(host).WithToken("one", new CancellationToken(canceled: true)));

        host.Management.ActivationCount.ShouldBe(0);
    }

    [Fact]
    public async Task ACallThatTakesTooLongIsCancelledInTheGrain()
    {
        await using var host = await GrainTestHost.StartAsync();
        var call = Grain(host).WithToken("one", CancellationToken.None);
        await host.Probe.Seen("one in");

        host.Time.Advance(TimeSpan.FromSeconds(32));

        await Should.ThrowAsync<TimeoutException>(() => call.Soon());
        await host.Probe.Seen("one cancelled");
        host.Probe.Open("one");
    }

    private static IGateGrain Grain(GrainTestHost host) => host.Grains.GetGrain<IGateGrain>("a", typeof(GateGrain).FullName);
}
