using SmartCommunity.Grains.Ingest;

namespace SmartCommunity.Grains.Tests.Ingest;

public sealed class AcceptedRangesTests
{
    [Fact]
    public void Batches_that_complete_out_of_order_count_only_when_the_gap_is_closed()
    {
        var accepted = new AcceptedRanges(10);
        accepted.Add(21, 30);
        accepted.Through.ShouldBe(10);
        accepted.Add(11, 20);
        accepted.Through.ShouldBe(30);
    }

    [Fact]
    public void A_resent_batch_moves_nothing_back()
    {
        var accepted = new AcceptedRanges(0);
        accepted.Add(1, 10);
        accepted.Add(1, 5);
        accepted.Add(3, 12);
        accepted.Through.ShouldBe(12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_order_of_any_batches_ends_at_the_last_sequence(int seed)
    {
        var random = new Random(seed);
        var batches = new List<(long First, long Last)>();
        for (long first = 1; first <= 1000;)
        {
            var last = Math.Min(1000, first + random.Next(20));
            batches.Add((first, last));
            first = last + 1;
        }

        var order = batches.ToArray();
        random.Shuffle(order);
        var accepted = new AcceptedRanges(0);
        var done = new HashSet<long>();
        foreach (var (first, last) in order)
        {
            accepted.Add(first, last);
            done.UnionWith(Enumerable.Range((int)first, (int)(last - first + 1)).Select(value => (long)value));
            long expected = 0;
            while (done.Contains(expected + 1))
            {
                expected++;
            }

            accepted.Through.ShouldBe(expected, $"seed {seed}");
        }
    }
}
