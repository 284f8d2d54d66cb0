using System.Buffers;
using System.Text;
using SmartCommunity.Api.Live;
using SmartCommunity.Api.Tests.Support;
using SmartCommunity.Stores.Outbox;

namespace SmartCommunity.Api.Tests.Live;

public sealed class LiveTests
{
    [Fact]
    public async Task A_reader_gets_what_happens_from_now_on()
    {
        await using var server = await ApiServer.StartAsync();
        await AppendAsync(server, "before");
        using var client = server.As("worker");
        await using var reader = await EventReader.OpenAsync(client);
        (await reader.BlockAsync())!.Id.ShouldBe("1", "the position is told before anything happens");
        await AppendAsync(server, "after");
        (await reader.NextAsync()).ShouldBe(new LiveEvent("incident", "2", "{\"id\":\"after\"}"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reader_who_was_away_misses_nothing(bool header)
    {
        await using var server = await ApiServer.StartAsync(new() { LiveBatch = 3 });
        for (var i = 1; i <= 10; i++)
        {
            await AppendAsync(server, $"{i}");
        }

        using var client = server.As("worker");
        await using var reader = header ? await EventReader.OpenAsync(client, "?lastEventId=1", "4") : await EventReader.OpenAsync(client, "?lastEventId=4");
        for (var i = 5; i <= 10; i++)
        {
            (await reader.NextAsync())!.Id.ShouldBe($"{i}");
        }
    }

    [Fact]
    public async Task Filters_and_what_someone_may_see_restrict()
    {
        await using var server = await ApiServer.StartAsync();
        using var worker = server.As("worker");
        await using var one = await EventReader.OpenAsync(worker, "?building=w-b1", "0");
        await using var grid = await EventReader.OpenAsync(worker, "?grid=w-g2&community=willow", "0");
        using var admin = server.As("admin");
        await using var all = await EventReader.OpenAsync(admin, "", "0");
        await AppendAsync(server, "foreign", "maple", "m-g1", "m-b1");
        await AppendAsync(server, "first", "willow", "w-g1", "w-b1");
        await AppendAsync(server, "second", "willow", "w-g2", "w-b3", "building");
        await AppendAsync(server, "third", "willow", "w-g1", "w-b1", "device");

        (await one.NextAsync())!.Id.ShouldBe("2");
        (await one.NextAsync()).ShouldBe(new LiveEvent("device", "4", "{\"id\":\"third\"}"));
        (await grid.NextAsync()).ShouldBe(new LiveEvent("building", "3", "{\"id\":\"second\"}"));
        for (var i = 1; i <= 4; i++)
        {
            (await all.NextAsync())!.Id.ShouldBe($"{i}");
        }
    }

    [Fact]
    public async Task A_reader_behind_the_retention_is_told_to_read_anew()
    {
        await using var server = await ApiServer.StartAsync();
        for (var i = 1; i <= 6; i++)
        {
            await AppendAsync(server, $"{i}");
        }

        server.Outbox.ForgetThrough(4);
        using var client = server.As("worker");
        await using var behind = await EventReader.OpenAsync(client, "", "3");
        (await behind.NextAsync()).ShouldBe(new LiveEvent("reset", "6", "{}"));
        await using var atTheEdge = await EventReader.OpenAsync(client, "", "4");
        (await atTheEdge.NextAsync())!.Id.ShouldBe("5");
        await using var ofAnotherDeployment = await EventReader.OpenAsync(client, "", "900");
        (await ofAnotherDeployment.NextAsync()).ShouldBe(new LiveEvent("reset", "6", "{}"));
        await AppendAsync(server, "7");
        (await behind.NextAsync())!.Id.ShouldBe("7");
        (await ofAnotherDeployment.NextAsync())!.Id.ShouldBe("7");
    }

    [Fact]
    public async Task An_empty_outbox_resets_nobody()
    {
        await using var server = await ApiServer.StartAsync();
        using var client = server.As("worker");
        await using var reader = await EventReader.OpenAsync(client, "", "0");
        await AppendAsync(server, "first");
        (await reader.NextAsync()).ShouldBe(new LiveEvent("incident", "1", "{\"id\":\"first\"}"));
    }

    [Fact]
    public async Task A_silent_feed_says_that_it_is_alive_and_where_it_is()
    {
        await using var server = await ApiServer.StartAsync();
        using var client = server.As("worker");
        await using var reader = await EventReader.OpenAsync(client, "?building=w-b1");
        await reader.BlockAsync();
        await AppendAsync(server, "elsewhere", "willow", "w-g2", "w-b3");

        // The row of another building moves the position, so that nothing of it is read again.
        while (reader.LastEventId != "1")
        {
            await BeatAsync(server, reader);
        }

        reader.Comments.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_feed_ends_with_the_sign_in_and_with_the_membership()
    {
        await using var server = await ApiServer.StartAsync();
        using var client = server.As("checker");
        await using var reader = await EventReader.OpenAsync(client);
        await reader.BlockAsync();
        await server.ChangeCommunityAsync(
            SampleCommunity.Willow with { People = [.. SampleCommunity.Willow.People.Where(person => person.Id.Value != "checker")] });
        await AppendAsync(server, "wakes the feed");
        while (await reader.NextAsync() is { } row)
        {
            row.Name.ShouldBe("incident");
        }

        using var other = server.As("worker");
        await using var expiring = await EventReader.OpenAsync(other);
        await expiring.BlockAsync();
        server.Time.Advance(TimeSpan.FromHours(13));
        await AppendAsync(server, "wakes the feed again");
        while (await expiring.NextAsync() is { } row)
        {
            row.Name.ShouldBe("incident");
        }
    }

    [Fact]
    public async Task A_reader_who_does_not_read_holds_nobody_up()
    {
        await using var server = await ApiServer.StartAsync();
        using var client = server.As("worker");
        await using var stuck = await EventReader.OpenAsync(client);
        await using var swift = await EventReader.OpenAsync(client, "", "0");
        var padding = new string('x', 4000);
        for (var i = 1; i <= 2000; i++)
        {
            await AppendAsync(server, $"{i}{padding}");
        }

        for (var i = 1; i <= 2000; i++)
        {
            (await swift.NextAsync())!.Id.ShouldBe($"{i}");
        }
    }

    [Fact]
    public async Task Readers_are_bounded_and_a_place_becomes_free()
    {
        await using var server = await ApiServer.StartAsync(new() { MaxLiveReaders = 1 });
        using var client = server.As("worker");
        var first = await EventReader.OpenAsync(client);
        await first.BlockAsync();
        await (await client.GetAsync("/api/v1/live")).ProblemAsync(503, "busy");
        await first.DisposeAsync();
        await AppendAsync(server, "wakes the feed");
        await WaitForAsync(async () => (await client.GetAsync("/api/v1/live", HttpCompletionOption.ResponseHeadersRead)).IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("?lastEventId=x", "lastEventId")]
    [InlineData("?community=a%20b&grid=%20", "community,grid")]
    public async Task Mistakes_are_problems_and_no_feed(string query, string paths)
    {
        await using var server = await ApiServer.StartAsync();
        using var client = server.As("worker");
        var problem = await (await client.GetAsync($"/api/v1/live{query}")).ProblemAsync(400, "invalid-input");
        problem.GetProperty("errors").Strings("path").ShouldBe(paths.Split(','));
    }

    [Fact]
    public void Data_of_several_lines_stays_one_event()
    {
        var output = new ArrayBufferWriter<byte>();
        LiveFrames.WriteEvent(output, "device", 7, "{\r\n  \"a\": 1\n}"u8);
        Encoding.UTF8.GetString(output.WrittenSpan).ShouldBe("event: device\nid: 7\ndata: {\ndata:   \"a\": 1\ndata: }\n\n");
    }

    private static ValueTask AppendAsync(
        ApiServer server, string id, string community = "willow", string grid = "w-g1", string building = "w-b1", string topic = "incident") =>
        server.Outbox.AppendAsync(
            [new OutboxRow(topic, community, grid, building, id, Encoding.UTF8.GetBytes($"{{\"id\":\"{id}\"}}"), server.Time.GetUtcNow())],
            CancellationToken.None);

    // The feed sets its timer after it has looked once more; time is moved until the beat arrives.
    private static async Task BeatAsync(ApiServer server, EventReader reader)
    {
        var block = reader.BlockAsync();
        while (!block.IsCompleted)
        {
            server.Time.Advance(TimeSpan.FromSeconds(15));
            await Task.WhenAny(block, Task.Delay(20));
        }

        await block;
    }

    private static async Task WaitForAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!await condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Delay(10);
        }
    }
}
