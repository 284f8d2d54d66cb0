using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using SmartCommunity.Api.SignIn;
using SmartCommunity.Api.Tests.Support;
using SmartCommunity.Communities.Model;
using SmartCommunity.Events.Ids;
using SmartCommunity.Incidents.People;

namespace SmartCommunity.Api.Tests.SignIn;

public sealed class SignInTests
{
    private static object Credentials(string user, string password = ApiServer.Password) => new { user, password };

    [Fact]
    public async Task A_token_signs_its_person_in_until_it_expires()
    {
        await using var server = await ApiServer.StartAsync();
        var answer = await (await server.Anonymous.PostAsync("/api/v1/sign-in", Credentials("worker"))).JsonAsync();
        answer.GetProperty("expiresAt").GetString().ShouldBe("2026-11-20T22:00:00Z");
        var person = answer.GetProperty("person");
        person.GetProperty("id").GetString().ShouldBe("worker");
        person.GetProperty("name").GetString().ShouldBe("王网格");
        person.GetProperty("roles").Strings().ShouldBe(["grid-worker"]);
        person.GetProperty("communities").Strings("id").ShouldBe(["willow"]);

        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", answer.GetProperty("token").GetString());
        (await client.GetJsonAsync("/api/v1/me")).GetProperty("id").GetString().ShouldBe("worker");

        server.Time.Advance(TimeSpan.FromHours(12));
        await (await client.GetAsync("/api/v1/me")).ProblemAsync(401, "not-signed-in");
    }

    [Theory]
    [InlineData("worker", "wrong")]
    [InlineData("worker", "")]
    [InlineData("nobody-of-that-name", ApiServer.Password)]
    [InlineData("not an id!", ApiServer.Password)]
    [InlineData("", "")]
    public async Task An_unknown_user_and_a_wrong_password_get_the_same_answer(string user, string password)
    {
        await using var server = await ApiServer.StartAsync();
        var problem = await (await server.Anonymous.PostAsync("/api/v1/sign-in", Credentials(user, password))).ProblemAsync(401, "wrong-sign-in");
        problem.GetProperty("detail").GetString().ShouldBe("用户名或密码不对。");
    }

    [Fact]
    public async Task A_cookie_is_for_the_page_alone()
    {
        await using var server = await ApiServer.StartAsync();
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = server.Address };
        var response = await browser.PostAsync("/api/v1/sign-in?cookie=true", Credentials("officer"));
        (await response.JsonAsync()).GetProperty("token").GetString().ShouldBeNull();
        var cookie = response.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        cookie.ShouldStartWith($"{SignInServices.CookieName}=");
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=strict", Case.Insensitive);

        (await browser.GetJsonAsync("/api/v1/me")).GetProperty("id").GetString().ShouldBe("officer");
        (await browser.PostAsync("/api/v1/sign-out", content: null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await browser.GetAsync("/api/v1/me")).ProblemAsync(401, "not-signed-in");
    }

    [Fact]
    public async Task A_sign_out_ends_the_token_also_after_a_restart()
    {
        await using var server = await ApiServer.StartAsync();
        using var client = server.As("worker");
        (await client.PostAsync("/api/v1/sign-out", content: null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await client.GetAsync("/api/v1/me")).ProblemAsync(401, "not-signed-in");

        // What is in the store is what the next process knows.
        using var restarted = new SignedOutTickets(server.Get<FakeCheckpointStore>(), server.Time, new());
        var ticket = TicketIdOf(server, client);
        (await restarted.ContainsAsync(ticket)).ShouldBeTrue();
        (await restarted.ContainsAsync("another")).ShouldBeFalse();
    }

    [Fact]
    public async Task Sign_outs_of_two_silos_do_not_overwrite_each_other()
    {
        var store = new FakeCheckpointStore();
        var time = new ManualTime();
        using var first = new SignedOutTickets(store, time, new());
        using var second = new SignedOutTickets(store, time, new());
        await first.AddAsync("a", CancellationToken.None);
        await second.AddAsync("b", CancellationToken.None);
        await first.AddAsync("c", CancellationToken.None);
        using var third = new SignedOutTickets(store, time, new());
        foreach (var ticket in new[] { "a", "b", "c" })
        {
            (await third.ContainsAsync(ticket)).ShouldBeTrue(ticket);
        }

        // Tickets that would have expired anyway are no longer kept.
        time.Advance(TimeSpan.FromHours(13));
        await first.AddAsync("d", CancellationToken.None);
        using var fourth = new SignedOutTickets(store, time, new());
        (await fourth.ContainsAsync("a")).ShouldBeFalse();
        (await fourth.ContainsAsync("d")).ShouldBeTrue();
    }

    [Fact]
    public async Task Whoever_is_removed_is_out_with_the_next_request()
    {
        await using var server = await ApiServer.StartAsync();
        using var client = server.As("checker");
        await client.GetJsonAsync("/api/v1/buildings");
        var without = SampleCommunity.Willow with { People = [.. SampleCommunity.Willow.People.Where(person => person.Id.Value != "checker")] };
        await server.ChangeCommunityAsync(without);
        await (await client.GetAsync("/api/v1/buildings")).ProblemAsync(401, "not-signed-in");
        await (await server.Anonymous.PostAsync("/api/v1/sign-in", Credentials("checker"))).ProblemAsync(401, "wrong-sign-in");
    }

    [Fact]
    public async Task A_role_that_is_taken_away_counts_no_more_with_the_next_request()
    {
        await using var server = await ApiServer.StartAsync();
        using var client = server.As("admin");
        (await client.PostAsync("/api/v1/devices/w-cam1:issue-token", content: null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var demoted = SampleCommunity.Willow.People.Select(person => person.Id.Value == "admin" ? person with { Roles = [Role.Checker] } : person);
        await server.ChangeCommunityAsync(SampleCommunity.Willow with { People = [.. demoted] });
        await (await client.PostAsync("/api/v1/devices/w-cam1:issue-token", content: null)).ProblemAsync(403, "forbidden");
    }

    [Fact]
    public async Task Failures_of_one_address_are_bounded_and_successes_are_not()
    {
        await using var server = await ApiServer.StartAsync(new() { FailedSignInsPerMinute = 2 });
        for (var i = 0; i < 4; i++)
        {
            (await server.Anonymous.PostAsync("/api/v1/sign-in", Credentials("worker"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await (await server.Anonymous.PostAsync("/api/v1/sign-in", Credentials("worker", "wrong"))).ProblemAsync(401, "wrong-sign-in");
        await (await server.Anonymous.PostAsync("/api/v1/sign-in", Credentials("worker", "wrong"))).ProblemAsync(401, "wrong-sign-in");
        var throttled = await server.Anonymous.PostAsync("/api/v1/sign-in", Credentials("worker"));
        await throttled.ProblemAsync(429, "too-many-attempts");
        throttled.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(30));

        server.Time.Advance(TimeSpan.FromSeconds(30));
        (await server.Anonymous.PostAsync("/api/v1/sign-in", Credentials("worker"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_resident_sees_who_they_are_and_nothing_of_others()
    {
        await using var server = await ApiServer.StartAsync();
        using var client = server.As("resident");
        (await client.GetJsonAsync("/api/v1/me")).GetProperty("roles").Strings().ShouldBe(["resident"]);
        await (await client.GetAsync("/api/v1/people")).ProblemAsync(403, "forbidden");
        await (await client.GetAsync("/metrics")).ProblemAsync(403, "forbidden");
    }

    [Fact]
    public async Task A_token_that_was_tampered_with_signs_nobody_in()
    {
        await using var server = await ApiServer.StartAsync();
        var token = server.TokenOf("admin");
        foreach (var broken in new[] { token[..^2], "A" + token[1..], "x", "" })
        {
            using var client = new HttpClient { BaseAddress = server.Address };
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {broken}");
            await (await client.GetAsync("/api/v1/me")).ProblemAsync(401, "not-signed-in");
        }
    }

    [Fact]
    public async Task Tokens_outlive_the_process_only_where_its_keys_are_kept()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            string token;
            await using (var first = await ApiServer.StartAsync(new() { KeysFolder = folder.FullName }))
            {
                token = first.TokenOf("worker");
            }

            await using var second = await ApiServer.StartAsync(new() { KeysFolder = folder.FullName });
            await using var forgetful = await ApiServer.StartAsync();
            (await MeAsync(second, token)).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await MeAsync(forgetful, token)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<HttpResponseMessage> MeAsync(ApiServer server, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
        request.Headers.Authorization = new("Bearer", token);
        return await server.Anonymous.SendAsync(request);
    }

    private static string TicketIdOf(ApiServer server, HttpClient client)
    {
        var options = server.Get<Microsoft.Extensions.Options.IOptionsMonitor<Microsoft.AspNetCore.Authentication.BearerToken.BearerTokenOptions>>();
        var ticket = options.Get(SignInServices.Bearer).BearerTokenProtector.Unprotect(client.DefaultRequestHeaders.Authorization!.Parameter);
        return ticket!.Principal.FindFirst(SignInTicket.TicketIdClaim)!.Value;
    }
}
