using SmartCommunity.Events.Ids;
using SmartCommunity.Stores.Directory;

namespace SmartCommunity.Stores.Conformance;

public abstract class DirectoryConformance : PortConformance<IDirectoryStore>
{
    private static readonly CommunityId First = CommunityId.Parse("c1");
    private static readonly CommunityId Second = CommunityId.Parse("c2");
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeMilliseconds(1_772_000_000_123);

    [Fact]
    public async Task CommunitiesComeBackInTheirLastVersionInOrder()
    {
        (await Port.WriteCommunityAsync(Second, "name: 二", 0, At, "zhao", Limit)).ShouldBeTrue();
        (await Port.WriteCommunityAsync(First, "name: 一", 0, At, "zhao", Limit)).ShouldBeTrue();
        (await Port.WriteCommunityAsync(First, "name: 壹", 1, At.AddDays(1), "li", Limit)).ShouldBeTrue();
        await ReopenAsync();

        (await Port.ReadCommunitiesAsync(Limit)).ShouldBe([new(First, "name: 壹", 2, At.AddDays(1)), new StoredCommunity(Second, "name: 二", 1, At)]);
    }

    [Fact]
    public async Task AStaleVersionChangesNothing()
    {
        await Port.WriteCommunityAsync(First, "a", 0, At, "zhao", Limit);
        (await Port.WriteCommunityAsync(First, "b", 0, At, "li", Limit)).ShouldBeFalse();
        (await Port.WriteCommunityAsync(First, "b", 2, At, "li", Limit)).ShouldBeFalse();
        (await Port.WriteCommunityAsync(Second, "b", 1, At, "li", Limit)).ShouldBeFalse();

        (await Port.ReadCommunitiesAsync(Limit)).ShouldHaveSingleItem().Yaml.ShouldBe("a");
    }

    [Fact]
    public async Task PasswordHashesAreSetAndReplaced()
    {
        var person = PersonId.Parse("zhao");
        (await Port.FindPasswordHashAsync(person, Limit)).ShouldBeNull();
        await Port.SetPasswordHashAsync(person, "one", Limit);
        await Port.SetPasswordHashAsync(person, "two", Limit);
        await ReopenAsync();

        (await Port.FindPasswordHashAsync(person, Limit)).ShouldBe("two");
        (await Port.FindPasswordHashAsync(PersonId.Parse("li"), Limit)).ShouldBeNull();
    }
}
