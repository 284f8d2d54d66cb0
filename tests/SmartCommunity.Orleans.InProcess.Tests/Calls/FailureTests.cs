using SmartCommunity.Orleans.InProcess.Tests.Support;

namespace SmartCommunity.Orleans.InProcess.Tests.Calls;

public sealed class FailureTests
{
    [Fact]
    public async Task ExceptionsReachTheCallerWithTheirStack()
    {
        await using var host = await GrainTestHost.StartAsync();
        var grain = host.Grains.GetGrain<IFaultGrain>("a");

        (await Should.ThrowAsync<FormatException>(() => grain.ThrowAtOnce("one"))).Message.ShouldBe("one");
        var later = await Should.ThrowAsync<FormatException>(() => grain.ThrowLater("two"));

        later.StackTrace.ShouldNotBeNull().ShouldContain("WhereItHappens");
        await grain.Ping();
    }

    [Fact]
    public async Task AMethodThatReturnsNoTaskIsSaidSo()
    {
        await using var host = await GrainTestHost.StartAsync();

        var failure = await Should.ThrowAsync<InvalidOperationException>(() => host.Grains.GetGrain<IFaultGrain>("a").ReturnNull());

        failure.Message.ShouldContain("null");
    }

    [Fact]
    public async Task AOneWayCallReturnsAtOnceAndItsFailureIsLogged()
    {
        await using var host = await GrainTestHost.StartAsync();
        var gate = host.Grains.GetGrain<IGateGrain>("a", typeof(GateGrain).FullName);
        gate.OneWay("slow").IsCompletedSuccessfully.ShouldBeTrue();
        await host.Probe.Seen("slow in");
        host.Probe.Open("slow");

        var grain = host.Grains.GetGrain<IFaultGrain>("a");
        grain.ThrowUnseen("hidden").IsCompletedSuccessfully.ShouldBeTrue();
        await grain.Ping().Soon();

        var entry = host.Log.Entries.Single(entry => entry.Event == 3107);
        entry.Text.ShouldContain("IFaultGrain.ThrowUnseen");
        entry.Exception.ShouldBeOfType<FormatException>();
    }

    [Fact]
    public async Task AGrainThatWaitsForItselfIsToldAfterTheResponseTimeout()
    {
        await using var host = await GrainTestHost.StartAsync(options => options.ResponseTimeout = TimeSpan.FromSeconds(30));
        var call = host.Grains.GetGrain<IFaultGrain>("a").CallBack("b");
        await host.Probe.Seen("sent");

        host.Time.Advance(TimeSpan.FromSeconds(29));
        call.IsCompleted.ShouldBeFalse();
        host.Time.Advance(TimeSpan.FromSeconds(2));

        var failure = await Should.ThrowAsync<TimeoutException>(() => call.Soon());
        failure.Message.ShouldContain("fault/");
        failure.Message.ShouldContain("IFaultGrain.");
        host.Log.Entries.ShouldContain(entry => entry.Event == 3108 && entry.Text.Contains("IFaultGrain.Ping"));
        await host.Grains.GetGrain<IFaultGrain>("a").Ping().Soon();
    }

    [Fact]
    public async Task ACallThatTimedOutInTheQueueNeverRuns()
    {
        await using var host = await GrainTestHost.StartAsync(options => options.ResponseTimeout = TimeSpan.FromSeconds(30));
        var grain = host.Grains.GetGrain<IGateGrain>("a", typeof(GateGrain).FullName);
        var first = grain.Plain("first");
        await host.Probe.Seen("first in");
        var second = grain.Plain("second");

        host.Time.Advance(TimeSpan.FromSeconds(31));

        (await Should.ThrowAsync<TimeoutException>(() => second.Soon())).Message.ShouldContain("still works on IGateGrain.Plain");
        await Should.ThrowAsync<TimeoutException>(() => first.Soon());
        host.Probe.Open("first");
        host.Probe.Open("third");
        await grain.Plain("third").Soon();
        host.Probe.Has("second in").ShouldBeFalse();
    }
}
