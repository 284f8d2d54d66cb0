using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using SmartCommunity.Orleans.InProcess.Tests.Support;

namespace SmartCommunity.Orleans.InProcess.Tests.Reminders;

public sealed class ReminderTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly InMemoryReminderTable _table = new();
    private readonly TestTime _time = new();

    [Fact]
    public async Task ItTicksAtItsTimesAndActivatesItsGrain()
    {
        await using var host = await Start();
        await Grain(host).Set("r", 5 * Minute, 2 * Minute);
        await host.Management.DeactivateAllAsync().Soon();

        await AdvanceTo(host, 5, "r at 5 first 5 every 2 Utc");
        await AdvanceTo(host, 7, "r at 7 first 5 every 2 Utc");
        host.Probe.Log.Count.ShouldBe(2);
    }

    [Fact]
    public async Task AfterARestartItTicksAtTheTimeThatWasPromised()
    {
        await using (var host = await Start())
        {
            await Grain(host).Set("r", 10 * Minute, 60 * Minute);
            _time.Advance(4 * Minute);
        }

        await using var next = await Start();
        _time.Advance(5 * Minute);
        next.Probe.Log.ShouldBeEmpty();
        await AdvanceTo(next, 10, "r at 10 first 10 every 60 Utc");
        await AdvanceTo(next, 70, "r at 70 first 10 every 60 Utc");
    }

    [Fact]
    public async Task WhatWasMissedComesOnceAtOnceAndTheNextAtItsOwnTime()
    {
        await using (var host = await Start())
            await Grain(host).Set("r", 10 * Minute, 10 * Minute);
        _time.Advance(45 * Minute);

        await using var next = await Start();

        await next.Probe.Seen("r at 45 first 10 every 10 Utc");
        await Stored(entry => entry.NextDueAt == At(50));
        await AdvanceTo(next, 50, "r at 50 first 10 every 10 Utc");
        next.Probe.Log.Count.ShouldBe(2);
        next.Log.Entries.ShouldContain(entry => entry.Event == 3120 && entry.Text.Contains("1 reminders are registered, 1 of them"));
    }

    [Fact]
    public async Task WhatWasDeliveredBeforeARestartDoesNotComeAgain()
    {
        await using (var host = await Start())
        {
            await Grain(host).Set("r", 10 * Minute, 10 * Minute);
            await AdvanceTo(host, 10, "r at 10 first 10 every 10 Utc");
            await Stored(entry => entry.NextDueAt == At(20));
        }

        _time.Advance(5 * Minute);
        await using var next = await Start();
        await AdvanceTo(next, 20, "r at 20 first 10 every 10 Utc");

        next.Probe.Log.Count.ShouldBe(1);
    }

    [Fact]
    public async Task ATickThatRunsWhenTheHostStopsIsWaitedFor()
    {
        await using (var host = await Start())
        {
            await Grain(host).Set("held", 10 * Minute, 10 * Minute);
            await AdvanceTo(host, 10, "held at 10 first 10 every 10 Utc");
            var stop = host.StopAsync();
            stop.IsCompleted.ShouldBeFalse();
            host.Probe.Open("held");
            await stop.Soon();
        }

        _table.Entries.Single().NextDueAt.ShouldBe(At(20));
    }

    [Fact]
    public async Task ReplacingMovesItAndRemovingEndsIt()
    {
        await using var host = await Start();
        await Grain(host).Set("r", 5 * Minute, 5 * Minute);
        await Grain(host).Set("r", 8 * Minute, 5 * Minute);
        await Grain(host).Set("gone", 6 * Minute, 5 * Minute);
        (await Grain(host).Names()).ShouldBe(["gone", "r"]);

        (await Grain(host).Unset("gone")).ShouldBeTrue();
        (await Grain(host).Unset("gone")).ShouldBeFalse();
        await AdvanceTo(host, 8, "r at 8 first 8 every 5 Utc");

        host.Probe.Log.Count.ShouldBe(1);
        _table.Entries.Select(entry => entry.Name).ShouldBe(["r"]);
        await Should.ThrowAsync<ReminderException>(() => Grain(host).UnsetStale("r").Soon());
    }

    [Fact]
    public async Task AGrainMayRemoveItsReminderInTheTick()
    {
        await using var host = await Start();
        await Grain(host).Set("once", 5 * Minute, 5 * Minute);
        await AdvanceTo(host, 5, "once at 5 first 5 every 5 Utc");
        await Grain(host).Ping();

        _table.Entries.ShouldBeEmpty();
        _time.Advance(20 * Minute);
        await Grain(host).Ping();
        host.Probe.Log.Count.ShouldBe(1);
    }

    [Fact]
    public async Task AFailedTickIsLoggedAndTheNextComesAPeriodLater()
    {
        await using var host = await Start();
        await Grain(host).Set("fails", 5 * Minute, 5 * Minute);
        await AdvanceTo(host, 5, "fails at 5 first 5 every 5 Utc");
        await Stored(entry => entry.NextDueAt == At(10));
        await AdvanceTo(host, 10, "fails at 10 first 5 every 5 Utc");

        host.Log.Entries.ShouldContain(entry => entry.Event == 3121 && entry.Text.Contains("alarm/a"));
    }

    [Fact]
    public async Task WrongRequestsAreRefused()
    {
        await using var host = await Start();

        await Should.ThrowAsync<ArgumentException>(() => Grain(host).Set("r", Minute, TimeSpan.FromSeconds(59)));
        await Should.ThrowAsync<ArgumentException>(() => Grain(host).Set(" ", Minute, Minute));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Grain(host).Set("r", -Minute, Minute));
        await Should.ThrowAsync<InvalidOperationException>(() => host.Grains.GetGrain<IDeafGrain>("a").Set());
        _table.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task AReminderWhoseGrainClassIsGoneIsKept()
    {
        await _table.UpsertAsync(new(GrainId.Create("vanished", "a"), "r", At(0), Minute, At(0)), CancellationToken.None);
        await using var host = await Start();

        while (host.Log.Entries.All(entry => entry.Event != 3123))
            await Task.Yield();
        _table.Entries.Count.ShouldBe(1);
    }

    [Fact]
    public async Task ManyMissedRemindersAllComeEachOnce()
    {
        await using (var host = await Start())
            await Task.WhenAll(Enumerable.Range(0, 200).Select(i => host.Grains.GetGrain<IAlarmGrain>($"{i}").Set($"r{i}", Minute, 60 * Minute))).Soon();
        _time.Advance(30 * Minute);

        await using var next = await Start();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => next.Probe.Seen($"r{i} at 30 first 1 every 60 Utc")));
        await Stored(entry => entry.NextDueAt == At(61));

        next.Probe.Log.Count.ShouldBe(200);
    }

    private Task<GrainTestHost> Start() =>
        GrainTestHost.StartAsync(services: services => services.AddSingleton<IReminderTable>(_table), time: _time);

    private static IAlarmGrain Grain(GrainTestHost host) => host.Grains.GetGrain<IAlarmGrain>("a");

    private static DateTimeOffset At(int minute) => new DateTimeOffset(2026, 11, 20, 10, 0, 0, TimeSpan.Zero).AddMinutes(minute);

    private async Task AdvanceTo(GrainTestHost host, int minute, string expected)
    {
        var before = host.Probe.Log.Count(entry => entry == expected);
        _time.Advance(At(minute) - _time.GetUtcNow());
        await host.Probe.Seen(expected, before + 1);
        // The next one is set when the tick has been stored.
        if (_table.Entries.Any(entry => entry.NextDueAt <= _time.GetUtcNow()) && !expected.StartsWith("held", StringComparison.Ordinal))
            await Stored(entry => entry.NextDueAt > _time.GetUtcNow());
    }

    private async Task Stored(Func<ReminderEntry, bool> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!_table.Entries.All(holds))
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
