using SmartCommunity.Host.Edge.Accounts;
using SmartCommunity.Host.Tests.Support;

namespace SmartCommunity.Host.Tests.Edge.Accounts;

public sealed class AccountDirectoryTests : IAsyncLifetime, IDisposable
{
    private readonly EdgeParts _parts = new();

    public async Task InitializeAsync()
    {
        _parts.Store.Put(EdgeParts.Account("a", subscribe: ["x/#"], certificates: ["cert-a"]));
        _parts.Store.Put(EdgeParts.Account("b", subscribe: ["x/#"]));
        _parts.Store.Put(EdgeParts.Token("a", "1", isDevice: false));
        _parts.Store.Put(EdgeParts.Token("b", "1", isDevice: false));
        _parts.Store.Put(EdgeParts.Token("b", "2", isDevice: false));
        _parts.Store.Put(EdgeParts.Token("cam", "1"));
        await _parts.Accounts.ReloadAsync(default);
        _parts.Accounts.Changes.TryRead(out _).ShouldBeFalse();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _parts.Dispose();

    [Fact]
    public async Task A_revoked_token_of_two_ends_by_itself()
    {
        await _parts.Store.RevokeTokensAsync(new("b", IsDevice: false), "b-1", default);
        var change = await ReloadAsync();
        change.Revoked.ShouldBe(["b-1"]);
        change.Lost.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_has_no_credential_left_is_lost_and_who_has_a_certificate_is_not()
    {
        await _parts.Store.RevokeTokensAsync(new("a", IsDevice: false), null, default);
        await _parts.Store.RevokeTokensAsync(new("b", IsDevice: false), null, default);
        await _parts.Store.RevokeTokensAsync(new("cam", IsDevice: true), null, default);
        (await ReloadAsync()).Lost.ShouldBe(["b", "cam"], ignoreOrder: true);
    }

    [Fact]
    public async Task Disabling_and_deleting_loses_the_account()
    {
        _parts.Store.Put(EdgeParts.Account("a", enabled: false));
        await _parts.Store.DeleteAccountAsync("b", default);
        (await ReloadAsync()).Lost.ShouldBe(["a", "b"], ignoreOrder: true);
    }

    [Fact]
    public async Task Other_rules_and_names_are_told()
    {
        _parts.Store.Put(EdgeParts.Account("a", subscribe: ["x/#"]));
        _parts.Store.Put(EdgeParts.Account("b", subscribe: ["y/#"]));
        var change = await ReloadAsync();
        change.Unnamed.ShouldBe(["a"]);
        change.Restricted.ShouldBe(["b"]);
        (change.Lost.Count + change.Revoked.Count).ShouldBe(0);
    }

    [Fact]
    public async Task Reading_what_is_fresh_does_not_ask_the_store()
    {
        var reads = _parts.Store.Reads;
        (await _parts.Accounts.ReadAsync(default)).ShouldBeSameAs(_parts.Accounts.Current);
        _parts.Store.Reads.ShouldBe(reads);
    }

    [Fact]
    public async Task Applying_waits_for_whoever_closes_connections()
    {
        await _parts.Store.RevokeTokensAsync(new("cam", IsDevice: true), null, default);
        var applying = _parts.Accounts.ApplyAsync(default);
        (await _parts.Accounts.Changes.ReadAsync()).SetApplied();
        applying.IsCompleted.ShouldBeFalse();
        (await _parts.Accounts.Changes.ReadAsync()).SetApplied();
        await applying.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private async Task<BookChange> ReloadAsync()
    {
        await _parts.Accounts.ReloadAsync(default);
        _parts.Accounts.Changes.TryRead(out var change).ShouldBeTrue();
        return change!.Change;
    }
}
