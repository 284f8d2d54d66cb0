using SmartCommunity.Gateway.Forwarding;

namespace SmartCommunity.Gateway.Tests.Forwarding;

public sealed class RetryDelayTests
{
    [Fact]
    public void Waits_double_up_to_the_longest_and_are_shortened_by_up_to_a_half()
    {
        var options = new ForwarderOptions { FirstRetry = TimeSpan.FromMilliseconds(100), LongestRetry = TimeSpan.FromSeconds(1) };
        var delay = new RetryDelay(options, new Random(1));
        for (var round = 0; round < 2; round++)
        {
            foreach (var most in new[] { 100, 200, 400, 800, 1000, 1000, 1000 })
                delay.Next().TotalMilliseconds.ShouldBeInRange(most / 2.0, most);
            delay.Reset();
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_waits()
    {
        var (one, two) = (new RetryDelay(new ForwarderOptions(), new Random(7)), new RetryDelay(new ForwarderOptions(), new Random(7)));
        for (var index = 0; index < 10; index++)
            one.Next().ShouldBe(two.Next());
    }
}
