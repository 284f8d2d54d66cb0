using SmartCommunity.Events;
using SmartCommunity.Events.Ids;
using SmartCommunity.Stores.DeadLetters;

namespace SmartCommunity.Stores.Conformance;

public abstract class DeadLetterConformance : PortConformance<IDeadLetterStore>
{
    [Fact]
    public async Task ALetterComesBackAsItWas()
    {
        var letter = Letter(7) with { Letter = new("sc/v1/cam-1/event", new byte[] { 0, 255, 10 }, DeviceId.Parse("cam-1"), "native", "不是 JSON") };
        await Port.AppendAsync([letter, Letter(8)], Limit);
        await ReopenAsync();

        var items = (await Port.ListAsync(null, 10, Limit)).Items;
        Describe(items[1]).ShouldBe(Describe(letter));
        items[0].Letter.Publisher.ShouldBeNull();
        items[0].Letter.Payload.Length.ShouldBe(0);
    }

    [Fact]
    public async Task AReplayAddsNone()
    {
        await Port.AppendAsync([Letter(1), Letter(2)], Limit);
        await Port.AppendAsync([Letter(2), Letter(3), Letter(1, "gw-2")], Limit);

        (await Port.CountAsync(Limit)).ShouldBe(4);
    }

    [Fact]
    public async Task PagesGoThroughAllNewestFirstAlsoWhenMoreCome()
    {
        await Port.AppendAsync([.. Enumerable.Range(1, 25).Select(i => Letter(i))], Limit);
        var seen = new List<long>();
        var page = await Port.ListAsync(null, 10, Limit);
        while (true)
        {
            seen.AddRange(page.Items.Select(item => item.Sequence));
            await Port.AppendAsync([Letter(100 + seen.Count)], Limit);
            if (page.Next is null)
            {
                break;
            }

            page = await Port.ListAsync(page.Next, 10, Limit);
        }

        seen.ShouldBe(Enumerable.Range(1, 25).Reverse().Select(i => (long)i));
    }

    [Fact]
    public async Task ACursorOfSomethingElseIsRefused()
    {
        await Should.ThrowAsync<FormatException>(async () => await Port.ListAsync("nonsense", 10, Limit));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await Port.ListAsync(null, 0, Limit));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await Port.ListAsync(null, 501, Limit));
    }

    // Pairs share a millisecond: time alone does not tell them apart.
    private static StoredDeadLetter Letter(long sequence, string gateway = "gw-1") => new(
        gateway, sequence, DateTimeOffset.FromUnixTimeMilliseconds(1_772_000_000_000 + (sequence / 2)), new("t", ReadOnlyMemory<byte>.Empty, null, "", "why"));

    private static string Describe(StoredDeadLetter item) =>
        $"{item.Gateway} {item.Sequence} {item.ReceivedAt:O} {item.Letter.Topic} {Convert.ToHexString(item.Letter.Payload.Span)} {item.Letter.Publisher} "
        + $"{item.Letter.Decoder} {item.Letter.Reason}";
}
