using Microsoft.Extensions.Logging.Abstractions;
using SmartCommunity.Api.SignIn;
using SmartCommunity.Grains.Communities;
using SmartCommunity.Host.Configuration;
using SmartCommunity.Host.Provisioning;
using SmartCommunity.Host.Tests.Support;
using SmartCommunity.TestSupport;

namespace SmartCommunity.Host.Tests.Provisioning;

public sealed class ProvisionerTests
{
    private readonly MemoryDirectory _store = new();
    private readonly MemoryAccountStore _accounts = new();
    private readonly CommunityDirectory _directory;
    private readonly Provisioner _provisioner;

    public ProvisionerTests()
    {
        _directory = new(_store, NullLogger<CommunityDirectory>.Instance);
        _provisioner = new(_store, _accounts, _directory, TimeProvider.System);
    }

    [Fact]
    public async Task A_community_file_is_stored_once()
    {
        await _provisioner.AddCommunityAsync("small.yaml", SmallCommunity.Yaml("cam-1"), default);
        await _provisioner.AddCommunityAsync("small.yaml", SmallCommunity.Yaml("cam-1", "cam-2"), default);
        (await _store.ReadCommunitiesAsync(default)).ShouldHaveSingleItem().Version.ShouldBe(1);
        _directory.Find(SmallCommunity.Id)!.Community.Devices.ShouldHaveSingleItem().Id.Value.ShouldBe("cam-1");
    }

    [Fact]
    public async Task Every_problem_of_a_community_file_is_told_at_once()
    {
        var broken = SmallCommunity.Yaml("cam-1", "cam-1").Replace("grid: g1, floors: 6", "grid: g9, floors: 6", StringComparison.Ordinal);
        var refusal = await Should.ThrowAsync<StartException>(() => _provisioner.AddCommunityAsync("small.yaml", broken, default));
        refusal.Message.ShouldContain("small.yaml");
        refusal.Message.ShouldContain("buildings[0].grid");
        refusal.Message.ShouldContain("devices[1].id");
        (await _store.ReadCommunitiesAsync(default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_first_start_makes_all_sign_ins_and_stores_only_hashes()
    {
        var made = await StartAsync(SignIns.None);
        made.Passwords.Keys.ShouldBe(["li", "zhang"], ignoreOrder: true);
        made.Tokens.Keys.ShouldBe(["cam-1", "cam-2", SignIns.Display], ignoreOrder: true);
        foreach (var (person, hash) in _store.Passwords)
        {
            hash.ShouldNotContain(made.Passwords[person.Value]);
            PasswordHashes.Verify(hash, made.Passwords[person.Value]).ShouldBeTrue();
        }

        _accounts.Accounts.ShouldHaveSingleItem().Name.ShouldBe(SignIns.Display);
        _accounts.Tokens.Single(token => token.Owner.Name == SignIns.Display).Owner.IsDevice.ShouldBeFalse();
        _accounts.Tokens.Count(token => token.Owner.IsDevice).ShouldBe(2);
        foreach (var token in _accounts.Tokens)
        {
            token.Hash.ToArray().ShouldBe(Secrets.HashToken(made.Tokens[token.Owner.Name]));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sign_ins_that_are_known_and_hold_stay(bool renewUnknown)
    {
        var first = await StartAsync(SignIns.None);
        var second = await _provisioner.ProvisionAsync(first, renewUnknown, default);
        second.Passwords.ShouldBe(first.Passwords, ignoreOrder: true);
        second.Tokens.ShouldBe(first.Tokens, ignoreOrder: true);
    }

    [Fact]
    public async Task In_service_what_is_stored_stays_and_is_not_told_again()
    {
        var first = await StartAsync(SignIns.None);
        var second = await _provisioner.ProvisionAsync(SignIns.None, renewUnknown: false, default);
        second.Passwords.ShouldBeEmpty();
        second.Tokens.ShouldBeEmpty();
        _store.Passwords.ShouldAllBe(item => PasswordHashes.Verify(item.Value, first.Passwords[item.Key.Value]));
    }

    [Fact]
    public async Task A_demo_replaces_what_it_can_not_print()
    {
        var first = await StartAsync(SignIns.None);
        var wrong = new SignIns(first.Passwords.ToDictionary(item => item.Key, _ => "wrong"), first.Tokens.ToDictionary(item => item.Key, _ => "wrong"));
        var second = await _provisioner.ProvisionAsync(wrong, renewUnknown: true, default);
        second.Passwords.Keys.ShouldBe(first.Passwords.Keys, ignoreOrder: true);
        second.Passwords.Values.Intersect(first.Passwords.Values.Append("wrong")).ShouldBeEmpty();
        second.Tokens.Values.Intersect(first.Tokens.Values.Append("wrong")).ShouldBeEmpty();
        _store.Passwords.ShouldAllBe(item => PasswordHashes.Verify(item.Value, second.Passwords[item.Key.Value]));
    }

    [Fact]
    public async Task What_was_revoked_in_service_does_not_come_back_with_the_next_start()
    {
        var first = await StartAsync(SignIns.None);
        await _accounts.RevokeTokensAsync(new("cam-1", IsDevice: true), null, default);
        await _accounts.DeleteAccountAsync(SignIns.Display, default);
        var second = await _provisioner.ProvisionAsync(first, renewUnknown: false, default);
        second.Tokens.Keys.ShouldBe(["cam-2"]);
        _accounts.Tokens.ShouldHaveSingleItem().Owner.Name.ShouldBe("cam-2");
        _accounts.Accounts.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_device_that_is_new_gets_a_token_and_the_others_keep_theirs()
    {
        var first = await StartAsync(SignIns.None);
        await _store.WriteCommunityAsync(SmallCommunity.Id, SmallCommunity.Yaml("cam-1", "cam-2", "cam-3"), 1, default, "test", default);
        await _directory.LoadAsync(default);
        var second = await _provisioner.ProvisionAsync(first, renewUnknown: false, default);
        second.Tokens.Where(token => token.Key != "cam-3").ShouldBe(first.Tokens, ignoreOrder: true);
        second.Tokens.Keys.ShouldContain("cam-3");
    }

    private async Task<SignIns> StartAsync(SignIns known)
    {
        await _provisioner.AddCommunityAsync("small.yaml", SmallCommunity.Yaml("cam-1", "cam-2"), default);
        return await _provisioner.ProvisionAsync(known, renewUnknown: false, default);
    }
}
