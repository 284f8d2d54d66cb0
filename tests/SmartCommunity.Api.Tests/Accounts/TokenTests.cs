using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SmartCommunity.Api.Accounts;
using SmartCommunity.Api.Tests.Support;

namespace SmartCommunity.Api.Tests.Accounts;

public sealed class TokenTests
{
    private const string Tokens = "/api/v1/devices/w-cam1/tokens";

    [Fact]
    public async Task A_second_token_leaves_the_old_one_a_day()
    {
        await using var server = await ApiServer.StartAsync();
        using var admin = server.As("admin");
        var first = await (await admin.PostAsync(Tokens, content: null)).JsonAsync(201);
        var second = await (await admin.PostAsync(Tokens, content: null)).JsonAsync(201);
        second.GetProperty("owner").GetString().ShouldBe("w-cam1");
        var id = second.GetProperty("id").GetString()!;
        server.Accounts.Tokens.Single(token => token.Id == id).Hash.ToArray()
            .ShouldBe(SHA256.HashData(Encoding.UTF8.GetBytes(second.GetProperty("token").GetString()!)));

        var list = await admin.GetStringAsync(Tokens);
        list.ShouldNotContain(first.GetProperty("token").GetString()!);
        list.ShouldNotContain(second.GetProperty("token").GetString()!);
        var items = (await admin.GetJsonAsync(Tokens)).GetProperty("items");
        items.GetArrayLength().ShouldBe(2);
        var old = items.EnumerateArray().Single(item => item.GetProperty("id").GetString() == first.GetProperty("id").GetString());
        old.GetProperty("expiresAt").GetDateTimeOffset().ShouldBe(server.Time.GetUtcNow().AddHours(24));
        items.EnumerateArray().Single(item => item.GetProperty("id").GetString() == id).GetProperty("expiresAt").GetString().ShouldBeNull();

        await (await admin.PostAsync(Tokens, content: null)).ProblemAsync(409, "two-tokens");
        await (await admin.PostAsync(Tokens, new { rotate = "at-once" })).JsonAsync(201);
        server.Accounts.Tokens.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_old_one_may_end_after_the_first_use_of_the_new_one()
    {
        await using var server = await ApiServer.StartAsync();
        using var admin = server.As("admin");
        await admin.PostAsync(Tokens, content: null);
        var second = await (await admin.PostAsync(Tokens, new { rotate = "first-use", after = "5m" })).JsonAsync(201);
        var old = (await admin.GetJsonAsync(Tokens)).GetProperty("items").EnumerateArray().Single(item => item.GetProperty("graceSeconds").ValueKind != System.Text.Json.JsonValueKind.Null);
        old.GetProperty("endsAfterUseOf").GetString().ShouldBe(second.GetProperty("id").GetString());
        old.GetProperty("graceSeconds").GetDouble().ShouldBe(300);
    }

    [Theory]
    [InlineData("never", "24h", "rotate")]
    [InlineData("deadline", "30s", "after")]
    [InlineData("deadline", "91d", "after")]
    [InlineData("first-use", "soon", "after")]
    public async Task A_rotation_that_makes_no_sense_is_refused(string rotate, string after, string path)
    {
        await using var server = await ApiServer.StartAsync();
        using var admin = server.As("admin");
        var problem = await (await admin.PostAsync(Tokens, new { rotate, after })).ProblemAsync(400, "invalid-input");
        problem.GetProperty("errors").Strings("path").ShouldBe([path]);
        server.Accounts.Tokens.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_token_or_all_are_revoked_and_the_edge_is_told()
    {
        var told = new Listener();
        await using var server = await ApiServer.StartAsync(null, builder => builder.Services.AddSingleton<ICredentialObserver>(told));
        using var admin = server.As("admin");
        var first = (await (await admin.PostAsync(Tokens, content: null)).JsonAsync(201)).GetProperty("id").GetString()!;
        var second = (await (await admin.PostAsync(Tokens, content: null)).JsonAsync(201)).GetProperty("id").GetString()!;
        told.Count.ShouldBe(2);
        (await (await admin.DeleteAsync($"{Tokens}/{first}")).JsonAsync()).GetProperty("revoked").Strings().ShouldBe([first]);
        told.Count.ShouldBe(3);
        await (await admin.DeleteAsync($"{Tokens}/{first}")).ProblemAsync(404, "not-found");
        await (await admin.DeleteAsync($"/api/v1/devices/w-smoke1/tokens/{second}")).ProblemAsync(404, "not-found");
        (await (await admin.DeleteAsync(Tokens)).JsonAsync()).GetProperty("revoked").Strings().ShouldBe([second]);
        server.Accounts.Tokens.ShouldBeEmpty();
    }

    [Fact]
    public async Task Tokens_of_an_account_are_its_own()
    {
        await using var server = await ApiServer.StartAsync();
        using var admin = server.As("admin");
        await (await admin.PostAsync("/api/v1/accounts/wall/tokens", content: null)).ProblemAsync(404, "not-found");
        await admin.PostAsync("/api/v1/accounts", new { name = "wall", kind = "subscriber" });
        await (await admin.PostAsync("/api/v1/accounts/wall/tokens", content: null)).JsonAsync(201);
        server.Accounts.Tokens.ShouldHaveSingleItem().Owner.ShouldBe(new("wall", IsDevice: false));
        await (await admin.PostAsync("/api/v1/devices/nothing/tokens", content: null)).ProblemAsync(404, "not-found");
    }

    private sealed class Listener : ICredentialObserver
    {
        public int Count { get; private set; }

        public ValueTask CredentialsChangedAsync(CancellationToken cancellationToken)
        {
            Count++;
            return ValueTask.CompletedTask;
        }
    }
}
