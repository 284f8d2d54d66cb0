using Orleans;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Grains.Contracts;
using SmartCommunity.Grains.Ingest;
using SmartCommunity.Grains.Tests.Hosting;
using SmartCommunity.Incidents.Cases;
using SmartCommunity.Stores.Events;
using SmartCommunity.Stores.Incidents;
using SmartCommunity.Stores.TimeSeries;
using SmartCommunity.TestKit.Time;

namespace SmartCommunity.Grains.Tests.Places;

public sealed class PlaceGrainTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sc-grains-").FullName;
    private readonly ManualTimeProvider _time = new(new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));
    private GrainHost _host = null!;

    private DateTimeOffset Now => _time.GetUtcNow();

    public async Task InitializeAsync() => _host = await GrainHost.StartAsync(_folder, _time);

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_throw_raises_one_case_of_the_right_place_with_the_event_as_its_reason()
    {
        (await _host.SendAsync(1, SmallCommunity.Throw(Now, "t-1"))).Outcome.ShouldBe(IngestReplyOutcome.Accepted);
        var incident = (await OpenAsync()).ShouldHaveSingleItem();
        incident.Kind.ShouldBe("falling-object");
        incident.Severity.ShouldBe(Severity.P1);
        incident.Building.ShouldBe(BuildingId.Parse("b1"));
        incident.Grid.ShouldBe(GridId.Parse("g1"));
        incident.State.ShouldBe(IncidentState.Dispatched);
        incident.Events.ShouldHaveSingleItem().Id.ShouldBe("t-1");
        incident.Assignees.Select(task => task.Person.Value).ShouldBe(["li-wei", "wang-qiang"]);
        TransitionChain.Verify(await _host.Incidents.ReadTransitionsAsync(incident.Id, default)).ShouldBeTrue();
    }

    [Fact]
    public async Task The_same_event_again_changes_nothing()
    {
        await _host.SendAsync(1, SmallCommunity.Throw(Now, "t-1"));
        var before = (await OpenAsync()).Single();
        await _host.SendAsync(2, SmallCommunity.Throw(Now, "t-1"));
        (await OpenAsync()).ShouldHaveSingleItem().Version.ShouldBe(before.Version);
    }

    [Fact]
    public async Task The_same_record_again_changes_nothing()
    {
        await _host.SendAsync(1, SmallCommunity.Throw(Now));
        var before = (await OpenAsync()).Single();
        (await _host.SendAsync(1, SmallCommunity.Throw(Now))).AcceptedThrough.ShouldBe(1);
        (await OpenAsync()).ShouldHaveSingleItem().Version.ShouldBe(before.Version);
    }

    [Fact]
    public async Task A_second_throw_at_the_same_column_is_evidence_and_at_another_a_case()
    {
        await _host.SendAsync(1, SmallCommunity.Throw(Now, "t-1"), SmallCommunity.Throw(Now.AddSeconds(30), "t-2"), SmallCommunity.Throw(Now.AddSeconds(31), "t-3", column: 4));
        var open = await OpenAsync();
        open.Length.ShouldBe(2);
        open.Single(incident => incident.Events.Any(item => item.Id == "t-1")).Events.Select(item => item.Id).ShouldBe(["t-1", "t-2"]);
    }

    [Fact]
    public async Task A_throw_after_the_case_has_ended_is_a_case_of_its_own_and_a_replay_is_not()
    {
        await _host.SendAsync(1, SmallCommunity.Throw(Now, "t-1"));
        var first = (await OpenAsync()).Single();
        await CommandAsync(first.Id, CommandNames.FalseAlarm, "zhao-min", Incidents.People.Role.DutyOfficer);
        (await OpenAsync()).ShouldBeEmpty();
        await _host.SendAsync(2, SmallCommunity.Throw(Now.AddSeconds(20), "t-2"));
        (await OpenAsync()).ShouldHaveSingleItem().Id.ShouldNotBe(first.Id);
        await _host.SendAsync(3, SmallCommunity.Throw(Now, "t-1"), SmallCommunity.Throw(Now.AddSeconds(20), "t-2"));
        (await AllAsync()).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Samples_are_durable_after_the_checkpoint_and_not_before()
    {
        var reply = await _host.SendAsync(1, SmallCommunity.Temperature(Now, 21.5));
        reply.AcceptedThrough.ShouldBe(1);
        reply.DurableThrough.ShouldBe(0);
        reply = await CheckpointAsync();
        reply.DurableThrough.ShouldBe(1);
        var samples = await _host.Get<ITimeSeriesStore>().ReadAsync(SmallCommunity.Environment, "temperature", Now.AddMinutes(-1), Now.AddMinutes(1), 10, default);
        samples.ShouldHaveSingleItem().Value.ShouldBe(21.5);
    }

    [Fact]
    public async Task A_restart_replays_what_the_checkpoint_lacks_and_doubles_nothing()
    {
        await _host.SendAsync(1, SmallCommunity.Throw(Now, "t-1"), SmallCommunity.Temperature(Now, 20));
        await CheckpointAsync();
        await _host.SendAsync(3, SmallCommunity.Throw(Now.AddSeconds(5), "t-2"), SmallCommunity.Temperature(Now.AddSeconds(5), 21));

        // What a killed process leaves behind is what is on disk: the same folder without an orderly stop.
        var copy = Directory.CreateTempSubdirectory("sc-grains-killed-").FullName;
        foreach (var file in Directory.EnumerateFiles(_folder).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        await using (var killed = await GrainHost.StartAsync(copy, _time))
        {
            await killed.SendAsync(3, durableThrough: 2, caughtUp: true, SmallCommunity.Throw(Now.AddSeconds(5), "t-2"), SmallCommunity.Temperature(Now.AddSeconds(5), 21));
            var incident = (await killed.Incidents.ListAsync(new(), default)).Items.ShouldHaveSingleItem();
            incident.Events.Select(item => item.Id).ShouldBe(["t-1", "t-2"]);
            var view = await killed.Grains.GetGrain<IBuildingGrain>("small/b1").ReadAsync();
            view.Summary.OpenCases.ShouldBe([0, 1, 0, 0]);
            view.Devices.Single(device => device.Device == "env-1").Values.Single().Value.ShouldBe(21);
        }

        Directory.Delete(copy, recursive: true);
    }

    [Fact]
    public async Task A_stream_that_does_not_begin_at_the_durable_watermark_is_sent_back()
    {
        var reply = await _host.SendAsync(50, durableThrough: 10, caughtUp: true, SmallCommunity.Throw(Now, "t-1"));
        reply.Outcome.ShouldBe(IngestReplyOutcome.Rewind);
        reply.RewindTo.ShouldBe(10);
        (await AllAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_grain_that_has_seen_less_than_the_sender_believes_says_so()
    {
        var grain = _host.Grains.GetGrain<IBuildingGrain>("small/b1");
        var answer = await grain.IngestAsync(new("edge", Previous: 7, ReadOnlyMemory<byte>.Empty, CaughtUp: true));
        answer.ShouldBe(new PartAnswer(Accepted: false, SeenThrough: 0));
    }

    [Fact]
    public async Task A_condition_that_time_confirms_raises_without_a_further_event()
    {
        await _host.SendAsync(1, SmallCommunity.Temperature(Now, 60));
        (await AllAsync()).ShouldBeEmpty();
        _time.Advance(TimeSpan.FromMinutes(2.1));
        await UntilAsync(async () => (await AllAsync()).Length == 1);
        (await AllAsync()).Single().Kind.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task An_outdoor_camera_raises_in_its_grid()
    {
        await _host.SendAsync(1, new Events.EventBatch
        {
            ReceivedAt = Now,
            Events = [new() { Id = "v-1", Device = SmallCommunity.LaneCamera, Kind = EventKind.VehiclePresent, Time = Now, Data = Events.EventData.FromObject(new { plate = "京A·12345" }) }],
        });
        var incident = (await OpenAsync()).ShouldHaveSingleItem();
        incident.Building.ShouldBeNull();
        incident.Zone.ShouldBe(ZoneId.Parse("lane1"));
        incident.Severity.ShouldBe(Severity.P1);
    }

    [Fact]
    public async Task Events_are_kept_for_looking_back()
    {
        await _host.SendAsync(1, SmallCommunity.Throw(Now));
        await CheckpointAsync();
        var stored = await _host.Get<IEventStore>().ListAsync(SmallCommunity.Camera, 10, default);
        stored.ShouldHaveSingleItem().Event.Id.ShouldBe("edge:1:0");
    }

    private async Task<IngestReply> CheckpointAsync()
    {
        var reply = default(IngestReply);
        await UntilAsync(async () =>
        {
            _time.Advance(TimeSpan.FromSeconds(1.1));
            reply = await _host.Ingest.TakeAsync(new("edge", 1_000_000, 999_999, default, 0, CaughtUp: true), default);
            return reply.DurableThrough == reply.AcceptedThrough;
        });
        return reply;
    }

    private async Task CommandAsync(IncidentId id, string name, string person, Incidents.People.Role role)
    {
        var command = new IncidentCommand { Name = name, CommandId = Guid.NewGuid().ToString(), Actor = new(PersonId.Parse(person), [role]), Note = "试", ReasonCode = "test" };
        var answer = await _host.Grains.GetGrain<IIncidentGrain>(id.Value).CommandAsync(SmartCommunity.Grains.Cases.CaseDocuments.Write(command));
        answer.Outcome.ShouldBe(CommandOutcome.Done, answer.ReasonEn);
    }

    private async Task<System.Collections.Immutable.ImmutableArray<Incident>> OpenAsync() => (await _host.Incidents.ListAsync(new() { Open = true }, default)).Items;

    private async Task<System.Collections.Immutable.ImmutableArray<Incident>> AllAsync() => (await _host.Incidents.ListAsync(new(), default)).Items;

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var tries = 0; !await condition(); tries++)
        {
            tries.ShouldBeLessThan(500);
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
    }
}
