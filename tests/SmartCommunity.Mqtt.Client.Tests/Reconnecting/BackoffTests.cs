using SmartCommunity.Mqtt.Client.Reconnecting;

namespace SmartCommunity.Mqtt.Client.Tests.Reconnecting;

public sealed class BackoffTests
{
    [Fact]
    public void Waits_double_up_to_the_longest_and_start_again_after_a_success()
    {
        var backoff = new Backoff(new() { FirstDelay = TimeSpan.FromSeconds(1), LongestDelay = TimeSpan.FromSeconds(5), Jitter = 0 }, new Random(1));
        Enumerable.Range(0, 5).Select(_ => backoff.Next().TotalSeconds).ShouldBe([1, 2, 4, 5, 5]);
        backoff.Reset();
        backoff.Next().TotalSeconds.ShouldBe(1);
    }

    [Fact]
    public void Jitter_takes_away_its_part_at_most_and_differs_by_seed()
    {
        var options = new ReconnectOptions { FirstDelay = TimeSpan.FromSeconds(4), LongestDelay = TimeSpan.FromSeconds(4), Jitter = 0.5 };
        var waits = Enumerable.Range(0, 1000).Select(seed => new Backoff(options, new Random(seed)).Next().TotalSeconds).ToArray();
        waits.ShouldAllBe(wait => wait > 2 && wait <= 4);
        waits.Distinct().Count().ShouldBeGreaterThan(900);
    }

    [Fact]
    public void The_whole_wait_is_left_to_chance_unless_told_otherwise()
    {
        var waits = Enumerable.Range(0, 2000).Select(seed => new Backoff(new() { FirstDelay = TimeSpan.FromSeconds(4), LongestDelay = TimeSpan.FromSeconds(4) }, new Random(seed)).Next().TotalSeconds).ToArray();
        waits.ShouldAllBe(wait => wait >= 0 && wait <= 4);
        waits.Average().ShouldBeInRange(1.9, 2.1);
        waits.Count(wait => wait < 0.4).ShouldBeInRange(150, 250);
    }
}
