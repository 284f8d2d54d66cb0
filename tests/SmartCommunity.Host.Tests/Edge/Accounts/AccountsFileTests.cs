using SmartCommunity.Host.Configuration;
using SmartCommunity.Host.Edge.Accounts;
using SmartCommunity.Host.Provisioning;
using SmartCommunity.Host.Tests.Support;
using SmartCommunity.Stores.Accounts;
using SmartCommunity.TestKit.Processes;

namespace SmartCommunity.Host.Tests.Edge.Accounts;

public sealed class AccountsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly EdgeParts _parts;

    public AccountsFileTests() => _parts = new(new HostSettings { Accounts = _folder["accounts.yaml"] });

    public void Dispose()
    {
        _parts.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task It_holds_accounts_with_hashes_certificates_and_rules()
    {
        Write($"""
            accounts:
              - name: site-7
                kind: gateway
                token_hash: {Hash("one")}
                certificates: [gw-7]
                publish: [sc/v1/+/event, sc/v1/%u/#]
              - name: wall
                kind: subscriber
                enabled: false
                token_hash: [{Hash("two")}, {Hash("three")}]
                subscribe: sc/v1/incidents/#
            """);
        _parts.File.Read().ShouldBeTrue();
        _parts.File.Problem.ShouldBeNull();
        var book = await _parts.Accounts.ReloadAsync(default);
        var site = book.Accounts["site-7"];
        (site.Kind, site.Enabled, site.Certificates.Single()).ShouldBe((AccountKind.Gateway, true, "gw-7"));
        site.Publish.ShouldBe(["sc/v1/+/event", "sc/v1/%u/#"]);
        book.Accounts["wall"].Enabled.ShouldBeFalse();
        book.FindToken(new("site-7", IsDevice: false), Secrets.HashToken("one")).ShouldNotBeNull();
        book.FindToken(new("site-7", IsDevice: false), Secrets.HashToken("two")).ShouldBeNull();
        book.FindToken(new("wall", IsDevice: false), Secrets.HashToken("three")).ShouldNotBeNull();
        book.FindToken(new("site-7", IsDevice: true), Secrets.HashToken("one")).ShouldBeNull();
    }

    [Theory]
    [InlineData("", "must hold one list")]
    [InlineData("accounts:", "must hold one list")]
    [InlineData("accounts: []", "must hold one list")]
    [InlineData("{", "line ")]
    [InlineData("accounts: [{name: a, kind: gateway}]\nother: 1", "must hold one list")]
    [InlineData("accounts: [text]", "accounts[0]: must have fields")]
    [InlineData("accounts: [{kind: gateway}]", "accounts[0].name")]
    [InlineData("accounts: [{name: 'a/b', kind: gateway}]", "accounts[0].name")]
    [InlineData("accounts: [{name: '+', kind: gateway}]", "accounts[0].name")]
    [InlineData("accounts: [{name: a, kind: king}]", "accounts[0].kind")]
    [InlineData("accounts: [{name: a, kind: 0}]", "accounts[0].kind")]
    [InlineData("accounts: [{name: a, kind: gateway, enabled: maybe}]", "accounts[0].enabled")]
    [InlineData("accounts: [{name: a, kind: gateway, token: secret}]", "accounts[0].token")]
    [InlineData("accounts: [{name: a, kind: gateway, token_hash: abc}]", "accounts[0].token_hash")]
    [InlineData("accounts: [{name: a, kind: gateway, publish: ['a/#/b']}]", "accounts[0].publish[0]")]
    [InlineData("accounts: [{name: a, kind: subscriber, publish: [a]}]", "accounts[0].publish")]
    [InlineData("accounts: [{name: a, kind: gateway}, {name: a, kind: gateway}]", "accounts[1].name")]
    public async Task A_broken_file_lets_nobody_in_and_says_why_in_one_line(string text, string said)
    {
        Write(text);
        _parts.File.Read().ShouldBeTrue();
        _parts.File.Problem.ShouldNotBeNull().ShouldContain(said);
        _parts.File.Problem!.ShouldNotContain("\n");
        (await _parts.Accounts.ReloadAsync(default)).Accounts.ShouldBeEmpty();
        var health = await new AccountsHealthCheck(_parts.File).CheckHealthAsync(null!);
        health.Status.ShouldBe(Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Unhealthy);
    }

    [Fact]
    public void A_missing_file_lets_nobody_in()
    {
        _parts.File.Read().ShouldBeTrue();
        _parts.File.Problem.ShouldNotBeNull().ShouldContain("accounts.yaml");
    }

    [Fact]
    public async Task A_change_is_taken_when_it_has_settled_and_what_it_breaks_is_suspended()
    {
        Write($"accounts: [{{name: a, kind: gateway, token_hash: {Hash("one")}}}]");
        _parts.File.Read();
        await _parts.Accounts.ReloadAsync(default);
        Write("accounts: [");
        _parts.File.Read().ShouldBeFalse();
        Write("accounts: [{name");
        _parts.File.Read().ShouldBeFalse();
        _parts.File.Current.Accounts.ShouldHaveSingleItem();
        _parts.File.Read().ShouldBeTrue();
        _parts.File.Read().ShouldBeFalse();
        (await _parts.Accounts.ReloadAsync(default)).Accounts.ShouldBeEmpty();
        _parts.Accounts.Changes.TryRead(out var change).ShouldBeTrue();
        change!.Change.Suspended.ShouldBe(["a"]);
        change.Change.Lost.ShouldBeEmpty();
        change.Change.Revoked.ShouldHaveSingleItem().ShouldStartWith("file-a-");
    }

    [Fact]
    public async Task A_name_that_the_store_has_too_is_the_stores()
    {
        _parts.Store.Put(EdgeParts.Account("a", AccountKind.Integration));
        Write($"accounts: [{{name: a, kind: gateway, token_hash: {Hash("one")}}}]");
        _parts.File.Read();
        var book = await _parts.Accounts.ReloadAsync(default);
        book.Accounts["a"].Kind.ShouldBe(AccountKind.Integration);
        book.FindToken(new("a", IsDevice: false), Secrets.HashToken("one")).ShouldBeNull();
        book.Shadowed.ShouldBe(["a"]);
    }

    private static string Hash(string token) => Convert.ToHexStringLower(Secrets.HashToken(token));

    private void Write(string text) => File.WriteAllText(_folder["accounts.yaml"], text);
}
