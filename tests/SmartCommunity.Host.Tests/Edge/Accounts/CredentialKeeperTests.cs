using Microsoft.Extensions.Logging.Abstractions;
using SmartCommunity.Grains.Communities;
using SmartCommunity.Host.Edge.Accounts;
using SmartCommunity.Host.Tests.Support;
using SmartCommunity.Stores.Accounts;
using SmartCommunity.TestKit.Mqtt;

namespace SmartCommunity.Host.Tests.Edge.Accounts;

public sealed class CredentialKeeperTests : IAsyncLifetime, IDisposable
{
    private readonly EdgeParts _parts = new();
    private readonly TokenUses _uses;
    private OpenEndpoint _endpoint = null!;
    private CredentialKeeper _keeper = null!;

    public CredentialKeeperTests() => _uses = new(_parts.Accounts);

    public async Task InitializeAsync()
    {
        _endpoint = await OpenEndpoint.StartAsync((_, _) => { });
        var directory = new CommunityDirectory(new MemoryDirectory(), NullLogger<CommunityDirectory>.Instance);
        _keeper = new(
            _parts.Accounts, _parts.File, _uses, _parts.Store, directory, new(_endpoint.Mqtt, directory), _parts.Time, NullLogger<CredentialKeeper>.Instance);
        await _parts.Accounts.ReloadAsync(default);
        await _keeper.StartAsync(default);
    }

    public async Task DisposeAsync()
    {
        await _keeper.StopAsync(default);
        await _endpoint.DisposeAsync();
    }

    public void Dispose()
    {
        _keeper.Dispose();
        _parts.Dispose();
    }

    [Fact]
    public async Task A_token_goes_when_its_time_is_over()
    {
        _parts.Store.Put(EdgeParts.Token("cam-1", "old", expiresAt: _parts.Time.GetUtcNow().AddSeconds(30)));
        _parts.Store.Put(EdgeParts.Token("cam-1", "new"));
        await _keeper.CredentialsChangedAsync(default);
        await UntilAsync(() => _parts.Accounts.Current.Tokens.Count == 1);
        _parts.Accounts.Current.Tokens.Keys.ShouldBe(["cam-1-new"]);
        _parts.Store.Tokens.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Uses_are_written_down_round_after_round()
    {
        var token = EdgeParts.Token("cam-1", "a");
        _parts.Store.Put(token);
        await _keeper.CredentialsChangedAsync(default);
        for (var round = 0; round < 5; round++)
        {
            var now = _parts.Time.GetUtcNow();
            _uses.Note(token, now);
            await UntilAsync(() => _parts.Store.Tokens.Single().LastUsedAt == now);
        }
    }

    [Fact]
    public async Task The_first_use_of_a_successor_does_not_wait_for_the_round()
    {
        for (var round = 0; round < 3; round++)
        {
            _parts.Store.Put(EdgeParts.Token("cam-1", "old") with { Successor = "cam-1-new", Grace = TimeSpan.FromMinutes(5) });
            var successor = EdgeParts.Token("cam-1", "new");
            _parts.Store.Put(successor);
            await _keeper.CredentialsChangedAsync(default);
            _uses.Note(successor, _parts.Time.GetUtcNow());
            await UntilAsync(() => _parts.Accounts.Current.Tokens["cam-1-old"].ExpiresAt == _parts.Time.GetUtcNow().AddMinutes(5), advance: TimeSpan.Zero);
        }
    }

    [Fact]
    public async Task What_still_waits_is_written_at_the_stop()
    {
        var token = EdgeParts.Token("cam-1", "a");
        _parts.Store.Put(token);
        _uses.Note(token, _parts.Time.GetUtcNow());
        await _keeper.StopAsync(default);
        _parts.Store.Tokens.Single().LastUsedAt.ShouldBe(_parts.Time.GetUtcNow());
    }

    private Task UntilAsync(Func<bool> isTrue) => UntilAsync(isTrue, TimeSpan.FromSeconds(1));

    // The keeper works on threads of its own: the clock goes on until it has seen it.
    private async Task UntilAsync(Func<bool> isTrue, TimeSpan advance)
    {
        for (var i = 0; i < 10_000; i++)
        {
            if (isTrue())
            {
                return;
            }

            _parts.Time.Advance(advance);
            await Task.Delay(1);
        }

        isTrue().ShouldBeTrue();
    }
}
