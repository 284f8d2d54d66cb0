using SmartCommunity.Stores.Accounts;

namespace SmartCommunity.Stores.Conformance;

public abstract class TokenConformance : PortConformance<IAccountStore>
{
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeMilliseconds(1_772_000_000_123);
    private static readonly TokenOwner Camera = new("cam-1", IsDevice: true);
    private static readonly TokenOwner Other = new("cam-2", IsDevice: true);

    [Fact]
    public async Task ATokenComesBackAsItWasStored()
    {
        MqttToken token = new("t1", Camera, new byte[] { 3, 4 }, At, At.AddSeconds(1), At.AddDays(1), "t2", TimeSpan.FromMinutes(5));
        (await Port.AddTokensAsync([token], TokenRotation.AtOnce, At, Limit)).ShouldBe([]);
        await ReopenAsync();

        var stored = (await Port.ReadTokensAsync(Camera, Limit)).ShouldHaveSingleItem();
        stored.Hash.ToArray().ShouldBe([3, 4]);
        (stored with { Hash = token.Hash }).ShouldBe(token);
    }

    [Fact]
    public async Task AFreshTokenAtOnceEndsTheOthersOfItsOwnerOnly()
    {
        await AddAsync("t1", Camera, TokenRotation.AtOnce);
        await AddAsync("t2", Camera, TokenRotation.Until(At.AddDays(1)));
        await AddAsync("t3", Other, TokenRotation.AtOnce);

        (await AddAsync("t4", Camera, TokenRotation.AtOnce))!.Value.ShouldBe(["t1", "t2"], ignoreOrder: true);
        (await Port.ReadAsync(Limit)).Tokens.Select(token => token.Id).ShouldBe(["t4", "t3"]);
    }

    [Fact]
    public async Task TheOldTokenEndsAtTheDeadlineOrAtItsOwnEarlierEnd()
    {
        await AddAsync("t1", Camera, TokenRotation.AtOnce);
        await AddAsync("t2", Camera, TokenRotation.Until(At.AddHours(24)));
        (await FindAsync("t1")).ExpiresAt.ShouldBe(At.AddHours(24));
        (await FindAsync("t2")).ExpiresAt.ShouldBeNull();

        await AddAsync("t9", Camera, TokenRotation.Until(At.AddHours(72)), now: At.AddHours(25));
        (await FindAsync("t1")).ExpiresAt.ShouldBe(At.AddHours(24));
        (await FindAsync("t2")).ExpiresAt.ShouldBe(At.AddHours(72));
    }

    [Fact]
    public async Task TheOldTokenEndsAWhileAfterTheFirstUseOfTheNewOne()
    {
        await AddAsync("t1", Camera, TokenRotation.AtOnce);
        await AddAsync("t2", Camera, TokenRotation.AfterFirstUse(TimeSpan.FromMinutes(5)));
        (await Port.MarkUsedAsync([new("t1", At.AddHours(1))], Limit)).ShouldBeFalse();
        (await FindAsync("t1")).ExpiresAt.ShouldBeNull();

        (await Port.MarkUsedAsync([new("t2", At.AddHours(2))], Limit)).ShouldBeTrue();
        (await Port.MarkUsedAsync([new("t2", At.AddHours(9))], Limit)).ShouldBeFalse();
        (await FindAsync("t1")).ExpiresAt.ShouldBe(At.AddHours(2).AddMinutes(5));
        (await FindAsync("t2")).LastUsedAt.ShouldBe(At.AddHours(9));
    }

    [Fact]
    public async Task AThirdTokenIsRefusedWhileTwoAreGood()
    {
        await AddAsync("t1", Camera, TokenRotation.AtOnce);
        await AddAsync("t2", Camera, TokenRotation.Until(At.AddHours(24)));
        (await AddAsync("t3", Camera, TokenRotation.Until(At.AddHours(48)))).ShouldBeNull();
        (await Port.ReadTokensAsync(Camera, Limit)).Length.ShouldBe(2);

        (await AddAsync("t3", Camera, TokenRotation.Until(At.AddHours(48)), now: At.AddHours(24))).ShouldNotBeNull();
    }

    [Fact]
    public async Task ATokenIsRevokedOnlyAsItsOwners()
    {
        await AddAsync("t1", Camera, TokenRotation.AtOnce);
        await AddAsync("t2", Camera, TokenRotation.Until(At.AddHours(24)));
        await AddAsync("t3", Other, TokenRotation.AtOnce);
        (await Port.RevokeTokensAsync(Camera, "t3", Limit)).ShouldBeEmpty();
        (await Port.RevokeTokensAsync(new("cam-1", IsDevice: false), "t1", Limit)).ShouldBeEmpty();
        (await Port.RevokeTokensAsync(Camera, "t1", Limit)).ShouldBe(["t1"]);
        (await Port.RevokeTokensAsync(Camera, "t1", Limit)).ShouldBeEmpty();
        (await Port.RevokeTokensAsync(Camera, null, Limit)).ShouldBe(["t2"]);
        (await Port.ReadAsync(Limit)).Tokens.ShouldHaveSingleItem().Id.ShouldBe("t3");
    }

    [Fact]
    public async Task ExpiredTokensAreRemovedAtTheirMoment()
    {
        await AddAsync("t1", Camera, TokenRotation.AtOnce);
        await AddAsync("t2", Camera, TokenRotation.Until(At.AddHours(24)));
        (await Port.RemoveExpiredAsync(At.AddHours(24).AddMilliseconds(-1), Limit)).ShouldBeEmpty();
        (await Port.RemoveExpiredAsync(At.AddHours(24), Limit)).ShouldBe(["t1"]);
        (await Port.ReadTokensAsync(Camera, Limit)).ShouldHaveSingleItem().Id.ShouldBe("t2");
    }

    private ValueTask<System.Collections.Immutable.ImmutableArray<string>?> AddAsync(string id, TokenOwner owner, TokenRotation rotation, DateTimeOffset? now = null) =>
        Port.AddTokensAsync([new(id, owner, new byte[] { 1 }, now ?? At)], rotation, now ?? At, Limit);

    private async Task<MqttToken> FindAsync(string id) => (await Port.ReadAsync(Limit)).Tokens.Single(token => token.Id == id);
}
