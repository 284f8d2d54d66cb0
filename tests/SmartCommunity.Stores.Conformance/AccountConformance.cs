using SmartCommunity.Stores.Accounts;

namespace SmartCommunity.Stores.Conformance;

public abstract class AccountConformance : PortConformance<IAccountStore>
{
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeMilliseconds(1_772_000_000_123);

    private static readonly MqttAccount Site = new(
        "site-7", AccountKind.Gateway, Enabled: true, ["sc/v1/+/event", "sc/v1/\"quoted\"/#"], ["sc/v1/%u/#"], ["网关-7"], Version: 0, At, At);

    [Fact]
    public async Task AnAccountComesBackAsItWasStored()
    {
        (await Port.WriteAccountAsync(Site, 0, Limit)).ShouldBeTrue();
        await ReopenAsync();

        var stored = (await Port.FindAccountAsync("site-7", Limit))!;
        stored.Publish.ShouldBe(Site.Publish);
        stored.Subscribe.ShouldBe(Site.Subscribe);
        stored.Certificates.ShouldBe(Site.Certificates);
        (stored.Kind, stored.Enabled, stored.Version, stored.CreatedAt, stored.UpdatedAt).ShouldBe((AccountKind.Gateway, true, 1, At, At));
        (await Port.FindAccountAsync("SITE-7", Limit)).ShouldBeNull();
    }

    [Fact]
    public async Task AChangeKeepsWhenItWasMadeAndAStaleOneChangesNothing()
    {
        await Port.WriteAccountAsync(Site, 0, Limit);
        var changed = Site with { Enabled = false, Publish = [], CreatedAt = At.AddDays(3), UpdatedAt = At.AddDays(3) };
        (await Port.WriteAccountAsync(changed, 0, Limit)).ShouldBeFalse();
        (await Port.WriteAccountAsync(changed, 2, Limit)).ShouldBeFalse();
        (await Port.WriteAccountAsync(changed, 1, Limit)).ShouldBeTrue();

        var stored = (await Port.FindAccountAsync("site-7", Limit))!;
        (stored.Enabled, stored.Publish.Length, stored.Version, stored.CreatedAt, stored.UpdatedAt).ShouldBe((false, 0, 2, At, At.AddDays(3)));
    }

    [Fact]
    public async Task AnAccountGoesWithItsTokensAndLeavesThoseOfADeviceOfItsName()
    {
        await Port.WriteAccountAsync(Site, 0, Limit);
        MqttToken ofAccount = new("t1", new("site-7", IsDevice: false), new byte[] { 1 }, At);
        MqttToken ofDevice = new("t2", new("site-7", IsDevice: true), new byte[] { 2 }, At);
        await Port.AddTokensAsync([ofAccount, ofDevice], TokenRotation.AtOnce, At, Limit);

        (await Port.DeleteAccountAsync("site-7", Limit)).ShouldBeTrue();
        (await Port.DeleteAccountAsync("site-7", Limit)).ShouldBeFalse();
        var left = await Port.ReadAsync(Limit);
        left.Accounts.ShouldBeEmpty();
        left.Tokens.ShouldHaveSingleItem().Id.ShouldBe("t2");
    }

    [Fact]
    public async Task AllAreReadInTheOrderOfTheirNames()
    {
        foreach (var name in (string[])["b", "a", "c"])
        {
            await Port.WriteAccountAsync(Site with { Name = name }, 0, Limit);
        }

        (await Port.ReadAsync(Limit)).Accounts.Select(account => account.Name).ShouldBe(["a", "b", "c"]);
    }
}
