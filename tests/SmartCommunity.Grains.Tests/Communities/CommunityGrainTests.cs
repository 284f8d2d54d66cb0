using SmartCommunity.Events;
using SmartCommunity.Events.Ids;
using SmartCommunity.Grains.Communities;
using SmartCommunity.Grains.Contracts;
using SmartCommunity.Grains.Ingest;
using SmartCommunity.Grains.Tests.Hosting;
using SmartCommunity.Stores.DeadLetters;
using SmartCommunity.TestKit.Time;

namespace SmartCommunity.Grains.Tests.Communities;

public sealed class CommunityGrainTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sc-community-").FullName;
    private readonly ManualTimeProvider _time = new(new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));
    private GrainHost _host = null!;

    private ICommunityGrain Community => _host.Grains.GetGrain<ICommunityGrain>(SmallCommunity.Id);

    public async Task InitializeAsync() => _host = await GrainHost.StartAsync(_folder, _time);

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_changed_file_is_in_use_at_once()
    {
        var changed = SmallCommunity.Yaml.Replace("id: smoke-1", "id: smoke-9", StringComparison.Ordinal);
        var answer = await Community.PutAsync(new(changed, ExpectedVersion: 1, "wu-lei"));
        (answer.Stored, answer.Version).ShouldBe((true, 2));
        _host.Get<CommunityDirectory>().TryFindDevice(DeviceId.Parse("smoke-9"), out _).ShouldBeTrue();
        var view = await _host.Grains.GetGrain<IBuildingGrain>("small/b1").ReadAsync();
        view.Devices.Select(device => device.Device).ShouldContain("smoke-9");
        view.Devices.Select(device => device.Device).ShouldNotContain("smoke-1");
    }

    [Fact]
    public async Task A_stale_version_changes_nothing()
    {
        var answer = await Community.PutAsync(new(SmallCommunity.Yaml, ExpectedVersion: 7, "wu-lei"));
        answer.Stored.ShouldBeFalse();
        answer.Version.ShouldBe(1);
        answer.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wrong_file_is_refused_with_every_problem()
    {
        var wrong = SmallCommunity.Yaml.Replace("grid: g1, floors", "grid: g7, floors", StringComparison.Ordinal).Replace("policy: illegal-parking", "policy: ilegal-parking", StringComparison.Ordinal);
        var answer = await Community.PutAsync(new(wrong, ExpectedVersion: null, "wu-lei"));
        answer.Stored.ShouldBeFalse();
        answer.Problems.Select(problem => problem.Path).ShouldBe(["buildings[0].grid", "rules[1].policy"], ignoreOrder: true);
        _host.Get<CommunityDirectory>().Find(CommunityId.Parse("small"))!.Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_file_of_another_community_is_refused()
    {
        var answer = await Community.PutAsync(new(SmallCommunity.Yaml.Replace("id: small", "id: other", StringComparison.Ordinal), null, "wu-lei"));
        answer.Problems.ShouldHaveSingleItem().Path.ShouldBe("id");
    }

    [Fact]
    public async Task A_device_of_another_community_is_refused()
    {
        var answer = await _host.Grains.GetGrain<ICommunityGrain>("second")
            .PutAsync(new(SmallCommunity.Yaml.Replace("id: small", "id: second", StringComparison.Ordinal), 0, "wu-lei"));
        answer.Stored.ShouldBeFalse();
        answer.Problems.Length.ShouldBe(4);
        answer.Problems[0].Path.ShouldBe("devices[0].id");
    }

    [Fact]
    public async Task Places_tell_their_summaries()
    {
        var now = _time.GetUtcNow();
        await _host.SendAsync(1, SmallCommunity.Throw(now, "t-1"));
        for (var tries = 0; !(await Community.ReadSummariesAsync()).Any(place => place.OpenCases[1] == 1); tries++)
        {
            tries.ShouldBeLessThan(500);
            _time.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }

        var summaries = await Community.ReadSummariesAsync();
        summaries.Single(place => place.Building == "b1").DevicesOnline.ShouldBe(1);
        summaries.Single(place => place.Building.Length == 0).Devices.ShouldBe(1);
    }

    [Fact]
    public async Task An_event_of_a_device_that_is_in_no_community_becomes_a_dead_letter()
    {
        var now = _time.GetUtcNow();
        var reply = await _host.SendAsync(1, new EventBatch { ReceivedAt = now, Samples = [new(DeviceId.Parse("nobody"), "power", now, 1)] });
        reply.Outcome.ShouldBe(IngestReplyOutcome.Accepted);
        reply.DurableThrough.ShouldBe(1);
        var letter = (await _host.Get<IDeadLetterStore>().ListAsync(null, 10, default)).Items.ShouldHaveSingleItem();
        letter.Letter.Reason.ShouldContain("nobody");
        letter.Sequence.ShouldBe(1);
    }

    [Fact]
    public async Task What_the_gateway_did_not_understand_is_kept_once()
    {
        var letter = new EventBatch { ReceivedAt = _time.GetUtcNow(), DeadLetter = new("sc/v1/x/event", new byte[] { 1 }, DeviceId.Parse("cam-south"), "native", "not JSON") };
        await _host.SendAsync(1, letter);
        await _host.SendAsync(1, letter);
        (await _host.Get<IDeadLetterStore>().CountAsync(default)).ShouldBe(1);
    }
}
