using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SmartCommunity.Grains.Communities;
using SmartCommunity.Host.Edge.Accounts;
using SmartCommunity.Host.Edge.SignIn;
using SmartCommunity.Host.Tests.Support;
using SmartCommunity.Mqtt.Server.Ports;
using SmartCommunity.Mqtt.Server.Sessions;
using SmartCommunity.Stores.Accounts;

namespace SmartCommunity.Host.Tests.Edge.SignIn;

public sealed class DirectoryAuthenticatorTests : IDisposable
{
    private readonly MemoryDirectory _communities = new();
    private readonly EdgeParts _parts = new();
    private readonly CommunityDirectory _directory;
    private readonly TokenUses _uses;
    private readonly DirectoryAuthenticator _authenticator;

    public DirectoryAuthenticatorTests()
    {
        _directory = new(_communities, NullLogger<CommunityDirectory>.Instance);
        _uses = new(_parts.Accounts);
        _authenticator = new(_parts.Accounts, _directory, _uses, new(_parts.Time, NullLogger<RefusalLog>.Instance), _parts.Settings, _parts.Time);
    }

    public void Dispose() => _parts.Dispose();

    [Fact]
    public async Task The_token_of_a_device_lets_it_in_and_is_remembered_by_its_id()
    {
        await StartAsync();
        (await TryAsync("cam-1", "right", clientId: "x")).ShouldBe(new ClientIdentity("cam-1", ClientKind.Device, "x") { Credential = "cam-1-right" });

        // The endpoint gives an id to whoever sends none.
        (await TryAsync("cam-1", "right", clientId: "")).ShouldBe(new ClientIdentity("cam-1", ClientKind.Device, "") { Credential = "cam-1-right" });
        _uses.Take().ShouldHaveSingleItem().Token.ShouldBe("cam-1-right");
    }

    [Theory]
    [InlineData(AccountKind.Gateway, ClientKind.Gateway)]
    [InlineData(AccountKind.Integration, ClientKind.Integration)]
    [InlineData(AccountKind.Subscriber, ClientKind.Subscriber)]
    public async Task An_account_is_what_its_kind_says(AccountKind kind, ClientKind expected)
    {
        _parts.Store.Put(EdgeParts.Account("display", kind));
        await StartAsync();
        (await TryAsync("display", "shown"))!.Kind.ShouldBe(expected);
    }

    [Theory]
    [InlineData("cam-1", "wrong")]
    [InlineData("cam-1", "")]
    [InlineData("cam-1", "Right")]
    [InlineData("cam-2", "right")]
    [InlineData("nobody", "right")]
    [InlineData("", "right")]
    [InlineData(null, "right")]
    [InlineData("display", "right")]
    [InlineData("empty", "")]
    public async Task Anything_else_is_refused(string? user, string password)
    {
        _parts.Store.Put(EdgeParts.Account("empty"));
        await StartAsync();
        (await TryAsync(user, password)).ShouldBeNull();
    }

    [Fact]
    public async Task Two_tokens_are_good_until_the_old_one_expires()
    {
        await StartAsync();
        _parts.Store.Put(EdgeParts.Token("cam-1", "right", expiresAt: _parts.Time.GetUtcNow().AddHours(24)));
        _parts.Store.Put(EdgeParts.Token("cam-1", "fresh"));
        await _parts.Accounts.ReloadAsync(default);
        (await TryAsync("cam-1", "fresh")).ShouldNotBeNull();
        var old = (await TryAsync("cam-1", "right")).ShouldNotBeNull();
        _authenticator.IsStillGood(old).ShouldBeTrue();
        _parts.Time.Advance(TimeSpan.FromHours(24));
        (await TryAsync("cam-1", "right")).ShouldBeNull();
        _authenticator.IsStillGood(old).ShouldBeFalse();
        (await TryAsync("cam-1", "fresh")).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_token_that_is_revoked_is_no_longer_good_and_the_other_one_is()
    {
        _parts.Store.Put(EdgeParts.Token("cam-1", "fresh"));
        await StartAsync();
        var old = (await TryAsync("cam-1", "right")).ShouldNotBeNull();
        await _parts.Store.RevokeTokensAsync(new("cam-1", IsDevice: true), "cam-1-right", default);
        await _parts.Accounts.ReloadAsync(default);
        _authenticator.IsStillGood(old).ShouldBeFalse();
        (await TryAsync("cam-1", "right")).ShouldBeNull();
        _authenticator.IsStillGood((await TryAsync("cam-1", "fresh"))!).ShouldBeTrue();
    }

    [Fact]
    public async Task An_account_that_is_disabled_or_gone_is_refused()
    {
        await StartAsync();
        var display = (await TryAsync("display", "shown")).ShouldNotBeNull();
        _parts.Store.Put(EdgeParts.Account("display", enabled: false));
        await _parts.Accounts.ReloadAsync(default);
        (await TryAsync("display", "shown")).ShouldBeNull();
        _authenticator.IsStillGood(display).ShouldBeFalse();
    }

    [Fact]
    public async Task Guessing_reads_the_store_at_most_once_a_second()
    {
        await StartAsync();
        for (var i = 0; i < 50; i++)
        {
            (await TryAsync(i % 2 == 0 ? "cam-1" : $"nobody-{i}", $"guess-{i}")).ShouldBeNull();
        }

        _parts.Store.Reads.ShouldBe(1);
        _parts.Time.Advance(TimeSpan.FromSeconds(1.5));
        await TryAsync("cam-1", "guess");
        _parts.Store.Reads.ShouldBe(2);
    }

    [Fact]
    public async Task A_device_that_was_removed_is_refused_with_its_good_token()
    {
        await StartAsync();
        (await TryAsync("cam-1", "right")).ShouldNotBeNull();
        await _communities.WriteCommunityAsync(SmallCommunity.Id, SmallCommunity.Yaml("cam-2"), 1, default, "test", default);
        await _directory.LoadAsync(default);
        (await TryAsync("cam-1", "right")).ShouldBeNull();
    }

    [Fact]
    public async Task A_device_counts_before_an_account_of_its_name()
    {
        _parts.Store.Put(EdgeParts.Account("cam-1"));
        _parts.Store.Put(EdgeParts.Token("cam-1", "of-account", isDevice: false));
        await StartAsync();
        (await TryAsync("cam-1", "of-account")).ShouldBeNull();
        (await TryAsync("cam-1", "right"))!.Kind.ShouldBe(ClientKind.Device);
    }

    [Theory]
    [InlineData("+", false)]
    [InlineData("a/b", false)]
    [InlineData("#", false)]
    [InlineData("good", true)]
    public async Task Where_rules_go_by_the_client_id_it_must_be_a_plain_one(string clientId, bool isLetIn)
    {
        _parts.Store.Put(EdgeParts.Account("panel", subscribe: ["panels/%c/#"]));
        _parts.Store.Put(EdgeParts.Token("panel", "p", isDevice: false));
        await StartAsync();
        ((await TryAsync("panel", "p", clientId)) is not null).ShouldBe(isLetIn);
        (await TryAsync("display", "shown", clientId)).ShouldNotBeNull();
    }

    private async Task StartAsync()
    {
        _parts.Store.Put(EdgeParts.Token("cam-1", "right"));
        _parts.Store.Put(EdgeParts.Token("cam-2", "other"));
        if (_parts.Store.Accounts.All(account => account.Name != "display"))
        {
            _parts.Store.Put(EdgeParts.Account("display", AccountKind.Subscriber));
        }

        _parts.Store.Put(EdgeParts.Token("display", "shown", isDevice: false));
        await _communities.WriteCommunityAsync(SmallCommunity.Id, SmallCommunity.Yaml("cam-1", "cam-2"), 0, default, "test", default);
        await _directory.LoadAsync(default);
    }

    private async Task<ClientIdentity?> TryAsync(string? user, string password, string clientId = "c") =>
        await _authenticator.AuthenticateAsync(new ClientCredentials(clientId, user, Encoding.UTF8.GetBytes(password), "127.0.0.1") { HasPassword = true }, default);
}
