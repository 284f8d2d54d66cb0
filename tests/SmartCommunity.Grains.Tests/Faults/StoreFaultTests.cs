using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SmartCommunity.Grains.Ingest;
using SmartCommunity.Grains.Tests.Hosting;
using SmartCommunity.Stores.Incidents;
using SmartCommunity.Stores.TimeSeries;
using SmartCommunity.TestKit.Time;

namespace SmartCommunity.Grains.Tests.Faults;

/// <summary>An incident that can not be stored makes the place give up its memory; the gateway's resend brings everything back, once.</summary>
public sealed class StoreFaultTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sc-faults-").FullName;
    private readonly ManualTimeProvider _time = new(new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));
    private FailingIncidentStore _store = null!;
    private GrainHost _host = null!;

    private DateTimeOffset Now => _time.GetUtcNow();

    public async Task InitializeAsync() => _host = await GrainHost.StartAsync(_folder, _time, services =>
    {
        var real = services.Single(service => service.ServiceType == typeof(IIncidentStore));
        services.Replace(ServiceDescriptor.Singleton<IIncidentStore>(provider =>
            _store = new((IIncidentStore)(real.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, real.ImplementationType!)))));
    });

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task The_same_batch_again_raises_the_case()
    {
        Fail(1);
        (await _host.SendAsync(1, SmallCommunity.Throw(Now, "t-1"))).Outcome.ShouldBe(IngestReplyOutcome.Unavailable);
        (await _host.SendAsync(1, SmallCommunity.Throw(Now, "t-1"))).Outcome.ShouldBe(IngestReplyOutcome.Accepted);
        (await _host.Incidents.ListAsync(new(), default)).Items.ShouldHaveSingleItem().Events.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_was_accepted_before_the_failure_is_asked_for_again()
    {
        (await _host.SendAsync(1, SmallCommunity.Temperature(Now, 20))).AcceptedThrough.ShouldBe(1);
        Fail(1);
        (await _host.SendAsync(2, SmallCommunity.Throw(Now, "t-1"))).Outcome.ShouldBe(IngestReplyOutcome.Unavailable);
        var reply = await _host.SendAsync(2, SmallCommunity.Throw(Now, "t-1"));
        reply.Outcome.ShouldBe(IngestReplyOutcome.Rewind);
        reply.RewindTo.ShouldBe(0);
        (await _host.SendAsync(1, SmallCommunity.Temperature(Now, 20), SmallCommunity.Throw(Now, "t-1"))).Outcome.ShouldBe(IngestReplyOutcome.Accepted);
        (await _host.Incidents.ListAsync(new(), default)).Items.ShouldHaveSingleItem();
        await _host.Grains.GetGrain<Grains.Contracts.IBuildingGrain>("small/b1").CheckpointAsync("edge");
        var samples = await _host.Get<ITimeSeriesStore>().ReadAsync(SmallCommunity.Environment, "temperature", Now.AddMinutes(-1), Now.AddMinutes(1), 10, default);
        samples.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Random_failures_lose_and_double_nothing(int seed)
    {
        var random = new Random(seed);
        const int Records = 60;
        long next = 1;
        for (var tries = 0; next <= Records; tries++)
        {
            tries.ShouldBeLessThan(2_000, $"seed {seed}");
            Fail(random.Next(3) == 0 ? 1 : 0);
            var last = Math.Min(Records, next + random.Next(4));
            var batches = Enumerable.Range((int)next, (int)(last - next + 1)).Select(Record).ToArray();
            var reply = await _host.SendAsync(next, batches);
            next = reply.Outcome switch
            {
                IngestReplyOutcome.Accepted => last + 1,
                IngestReplyOutcome.Rewind => reply.RewindTo + 1,
                _ => next,
            };
        }

        Fail(0);
        var cases = (await _host.Incidents.ListAsync(new() { Limit = 500 }, default)).Items;
        cases.SelectMany(incident => incident.Events).Select(item => item.Id).Order(StringComparer.Ordinal)
            .ShouldBe(Enumerable.Range(1, Records).Where(IsThrow).Select(i => $"t-{i}").Order(StringComparer.Ordinal), $"seed {seed}");
        cases.Length.ShouldBe(Records / 3, $"seed {seed}");
    }

    private static bool IsThrow(int i) => i % 3 == 0;

    private Events.EventBatch Record(int i) =>
        IsThrow(i) ? SmallCommunity.Throw(Now.AddSeconds(i), $"t-{i}", column: i) : SmallCommunity.Temperature(Now.AddSeconds(i), i);

    private void Fail(int commits)
    {
        _ = _host.Incidents;
        _store.Failures = commits;
    }
}
