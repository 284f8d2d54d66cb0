using SmartCommunity.Api.Samples;
using SmartCommunity.Api.Tests.Support;
using SmartCommunity.Events;
using SmartCommunity.Events.Ids;

namespace SmartCommunity.Api.Tests.Samples;

public sealed class SampleTests
{
    private const string Query = "/api/v1/samples?device=w-env&metric=temperature";

    [Fact]
    public async Task Raw_samples_are_rows_of_time_and_value()
    {
        await using var server = await StartAsync(3);
        using var client = server.As("worker");
        var series = await client.GetJsonAsync(Query);
        series.ToString().ShouldBe($$"""{"device":"w-env","metric":"temperature","unit":"Cel","points":[[{{Ms(server, -2)}},20],[{{Ms(server, -1)}},21]]}""");
        (await client.GetJsonAsync($"{Query}&from={Ms(server, -1)}&to={Ms(server, 1)}")).GetProperty("points").ToString()
            .ShouldBe($"[[{Ms(server, -1)},21],[{Ms(server, 0)},22]]");
        (await client.GetJsonAsync("/api/v1/samples?device=w-env&metric=unheard-of")).GetProperty("unit").GetString().ShouldBeNull();
    }

    [Theory]
    [InlineData("step=1h&agg=mean,min,max", "20.5,20,21")]
    [InlineData("step=3600&agg=last,count,sum", "21,2,41")]
    [InlineData("step=PT1H", "20.5")]
    public async Task Buckets_carry_the_aggregates_in_the_order_asked_for(string query, string values)
    {
        await using var server = await StartAsync(3);
        using var client = server.As("worker");
        var points = (await client.GetJsonAsync($"{Query}&{query}&from=2026-11-20T09:00:00Z&to=2026-11-20T10:00:00Z")).GetProperty("points");
        points.ToString().ShouldBe($"[[{Ms(server, -60)},{values}]]");
    }

    [Fact]
    public async Task Too_much_says_what_to_ask_instead()
    {
        await using var server = await StartAsync(150, new() { MaxRawSamples = 100, MaxBuckets = 100 });
        using var client = server.As("worker");
        var raw = await (await client.GetAsync($"{Query}&from={Ms(server, -200)}&to={Ms(server, 1)}")).ProblemAsync(400, "too-much-asked");
        raw.GetProperty("detail").GetString()!.ShouldContain("step=1h");
        var answer = await client.GetAsync($"{Query}&from=2026-11-01T00:00:00Z&to=2026-11-20T00:00:00Z&step=1s&lang=en");
        var buckets = await answer.ProblemAsync(400, "too-much-asked");
        buckets.GetProperty("detail").GetString()!.ShouldContain("step=6h");
        (await client.GetJsonAsync($"{Query}&from=2026-11-01T00:00:00Z&to=2026-11-20T00:00:00Z&step=6h")).GetProperty("points").GetArrayLength().ShouldBeGreaterThanOrEqualTo(0);
    }

    [Theory]
    [InlineData("", "device,metric")]
    [InlineData("device=w-env&metric=a b", "metric")]
    [InlineData("device=w-env&metric=temperature&from=2026-11-20", "from")]
    [InlineData("device=w-env&metric=temperature&from=2026-11-20T11:00:00Z", "from")]
    [InlineData("device=w-env&metric=temperature&step=0", "step")]
    [InlineData("device=w-env&metric=temperature&step=soon&agg=median", "step,agg")]
    [InlineData("device=w-env&metric=temperature&agg=mean", "agg")]
    public async Task Mistakes_are_named(string query, string paths)
    {
        await using var server = await StartAsync(0);
        using var client = server.As("worker");
        var problem = await (await client.GetAsync($"/api/v1/samples?{query}")).ProblemAsync(400, "invalid-input");
        problem.GetProperty("errors").Strings("path").ShouldBe(paths.Split(','));
    }

    [Fact]
    public async Task A_device_of_another_community_has_no_samples_here()
    {
        await using var server = await StartAsync(0);
        using var client = server.As("outsider");
        await (await client.GetAsync(Query)).ProblemAsync(404, "not-found");
    }

    [Fact]
    public void A_proposed_step_keeps_within_the_limit()
    {
        var random = new Random(7);
        for (var i = 0; i < 1000; i++)
        {
            var stretch = TimeSpan.FromSeconds(random.NextInt64(1, 20L * 365 * 86400));
            var buckets = random.Next(100, 20_000);
            var step = SampleSteps.For(stretch, buckets);
            ((stretch.Ticks / step.Ticks) + 1).ShouldBeLessThanOrEqualTo(buckets, $"{stretch} in {buckets}");
        }
    }

    private static long Ms(ApiServer server, int minutes) => server.Time.GetUtcNow().AddMinutes(minutes).ToUnixTimeMilliseconds();

    // One sample a minute, 20 degrees and rising by one; the last one is now.
    private static async Task<ApiServer> StartAsync(int count, ApiOptions? options = null)
    {
        var server = await ApiServer.StartAsync(options);
        for (var i = 0; i < count; i++)
        {
            server.Get<FakeTimeSeriesStore>().Samples.Add(
                new Sample(DeviceId.Parse("w-env"), "temperature", server.Time.GetUtcNow().AddMinutes(i - count + 1), 20 + i));
        }

        return server;
    }
}
