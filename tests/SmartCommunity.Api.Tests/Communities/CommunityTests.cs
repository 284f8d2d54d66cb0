using System.Net;
using System.Text;
using SmartCommunity.Api.Tests.Support;
using SmartCommunity.Communities.Files;
using SmartCommunity.Events.Ids;
using SmartCommunity.Grains.Communities;
using SmartCommunity.Incidents.People;

namespace SmartCommunity.Api.Tests.Communities;

public sealed class CommunityTests
{
    private const string Path = "/api/v1/communities/willow";

    [Fact]
    public async Task Communities_are_listed_with_what_is_open()
    {
        await using var server = await ApiServer.StartAsync();
        server.Grains.SetPlace("willow/w-b1", SampleState.Place("willow/w-b1", "w-g1", [0, 0, 3, 0], 1));
        using var client = server.As("worker");
        var item = (await client.GetJsonAsync("/api/v1/communities")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        item.GetProperty("id").GetString().ShouldBe("willow");
        item.GetProperty("worst").GetString().ShouldBe("P2");
        item.GetProperty("counts").GetProperty("buildings").GetInt32().ShouldBe(3);
        item.GetProperty("version").GetInt64().ShouldBe(1);
        using var admin = server.As("admin");
        (await admin.GetJsonAsync("/api/v1/communities")).GetProperty("items").Strings("id").ShouldBe(["maple", "willow"]);
    }

    [Theory]
    [InlineData("application/yaml", "application/yaml")]
    [InlineData("text/yaml", "application/yaml")]
    [InlineData("application/json", "application/json")]
    [InlineData(null, "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("application/yaml;q=0.5, application/json", "application/json")]
    public async Task A_file_comes_in_the_form_that_is_asked_for_and_goes_back_as_it_came(string? accept, string type)
    {
        await using var server = await ApiServer.StartAsync();
        using var client = server.As("manager");
        if (accept is not null)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation("Accept", accept);
        }

        var response = await client.GetAsync(Path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        response.Headers.ETag!.Tag.ShouldBe("\"1\"");
        var file = await response.Content.ReadAsStringAsync();
        var parsed = CommunityFile.Parse(file);
        parsed.Problems.ShouldBeEmpty();
        parsed.Community!.Devices.Select(device => device.Unit).ShouldContain("0302");
        CommunityFile.Write(parsed.Community).ShouldBe(CommunityFile.Write(SampleCommunity.Willow));

        using var put = Put(file, type, "\"1\"");
        (await (await client.SendAsync(put)).JsonAsync()).GetProperty("version").GetInt64().ShouldBe(2);
    }

    [Fact]
    public async Task A_stale_version_is_refused()
    {
        await using var server = await ApiServer.StartAsync();
        using var client = server.As("manager");
        var file = CommunityFile.Write(SampleCommunity.Willow);
        using var first = Put(file, "application/yaml", "\"1\"");
        var stored = await client.SendAsync(first);
        stored.Headers.ETag!.Tag.ShouldBe("\"2\"");
        using var second = Put(file, "application/yaml", "\"1\"");
        var problem = await (await client.SendAsync(second)).ProblemAsync(412, "stale-version");
        problem.GetProperty("version").GetInt64().ShouldBe(2);
        using var unchecked_ = Put(file, "application/yaml", null);
        (await client.SendAsync(unchecked_)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var nonsense = Put(file, "application/yaml", "\"new\"");
        await (await client.SendAsync(nonsense)).ProblemAsync(400, "invalid-input");
        server.Get<CommunityDirectory>().Find(CommunityId.Parse("willow"))!.Version.ShouldBe(3);
    }

    [Fact]
    public async Task Every_error_of_a_file_is_answered_with_its_path()
    {
        await using var server = await ApiServer.StartAsync();
        using var client = server.As("manager");
        var file = CommunityFile.Write(SampleCommunity.Willow).Replace("w-cam1", "w cam 1", StringComparison.Ordinal)
            .Replace("smoke-detector", "smoke-eater", StringComparison.Ordinal);
        using var put = Put(file, "application/yaml", null);
        var problem = await (await client.SendAsync(put)).ProblemAsync(400, "community-invalid");
        var errors = problem.GetProperty("errors");
        errors.GetArrayLength().ShouldBeGreaterThanOrEqualTo(2);
        errors.EnumerateArray().ShouldAllBe(
            error => error.GetProperty("path").GetString()!.StartsWith("devices[") && error.GetProperty("message").GetString()!.Length > 0);
        server.Get<CommunityDirectory>().Find(CommunityId.Parse("willow"))!.Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_file_of_another_community_is_refused()
    {
        await using var server = await ApiServer.StartAsync();
        using var client = server.As("admin");
        using var put = Put(CommunityFile.Write(SampleCommunity.Maple), "application/yaml", null);
        var problem = await (await client.SendAsync(put)).ProblemAsync(400, "community-invalid");
        problem.GetProperty("errors").Strings("path").ShouldBe(["id"]);
    }

    [Fact]
    public async Task Only_an_administrator_adds_a_community_and_names_administrators()
    {
        await using var server = await ApiServer.StartAsync();
        var file = CommunityFile.Write(SampleCommunity.Maple).Replace("m-", "n-", StringComparison.Ordinal).Replace("maple", "north", StringComparison.Ordinal);
        using var manager = server.As("manager");
        await (await manager.PutAsync("/api/v1/communities/north", Yaml(file))).ProblemAsync(403, "forbidden");
        using var worker = server.As("worker");
        await (await worker.PutAsync(Path, Yaml(file))).ProblemAsync(403, "forbidden");
        await (await worker.PutAsync("/api/v1/communities/maple", Yaml(file))).ProblemAsync(404, "not-found");

        using var admin = server.As("admin");
        var created = await admin.PutAsync("/api/v1/communities/north", Yaml(file));
        created.StatusCode.ShouldBe(HttpStatusCode.Created, await created.Content.ReadAsStringAsync());
        (await admin.GetJsonAsync("/api/v1/communities")).GetProperty("items").Strings("id").ShouldBe(["maple", "north", "willow"]);

        var promoted = SampleCommunity.Willow.People.Select(
            person => person.Id.Value == "manager" ? person with { Roles = [Role.PropertyManager, Role.Administrator] } : person);
        var greedy = CommunityFile.Write(SampleCommunity.Willow with { People = [.. promoted] });
        await (await manager.PutAsync(Path, Yaml(greedy))).ProblemAsync(403, "administrators-change");
        (await admin.PutAsync(Path, Yaml(greedy))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static StringContent Yaml(string file) => new(file, Encoding.UTF8, "application/yaml");

    private static HttpRequestMessage Put(string file, string type, string? version)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, Path) { Content = new StringContent(file, Encoding.UTF8, type) };
        if (version is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", version);
        }

        return request;
    }
}
