using System.Net;
using SmartCommunity.Api.SignIn;
using SmartCommunity.Api.Tests.Support;

namespace SmartCommunity.Api.Tests.SignIn;

public sealed class FailureThrottleTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void A_bucket_refills_over_a_minute_and_no_further()
    {
        var throttle = new FailureThrottle(_time, new() { FailedSignInsPerMinute = 3 });
        var address = IPAddress.Parse("192.0.2.1");
        Take(throttle, address).ShouldBe(3);
        throttle.TryTake(address, out var wait).ShouldBeFalse();
        wait.TotalSeconds.ShouldBe(20, 0.001);
        _time.Advance(TimeSpan.FromSeconds(20));
        Take(throttle, address).ShouldBe(1);
        _time.Advance(TimeSpan.FromHours(1));
        Take(throttle, address).ShouldBe(3);
        throttle.TryTake(IPAddress.Parse("192.0.2.2"), out _).ShouldBeTrue();
    }

    [Fact]
    public void What_is_given_back_can_be_taken_again()
    {
        var throttle = new FailureThrottle(_time, new() { FailedSignInsPerMinute = 1 });
        for (var i = 0; i < 5; i++)
        {
            throttle.TryTake(null, out _).ShouldBeTrue();
            throttle.GiveBack(null);
        }
    }

    [Fact]
    public void The_addresses_of_one_subscriber_share_a_bucket()
    {
        var throttle = new FailureThrottle(_time, new() { FailedSignInsPerMinute = 1 });
        throttle.TryTake(IPAddress.Parse("2001:db8:0:1::1"), out _).ShouldBeTrue();
        throttle.TryTake(IPAddress.Parse("2001:db8:0:1:ffff::2"), out _).ShouldBeFalse();
        throttle.TryTake(IPAddress.Parse("2001:db8:0:2::1"), out _).ShouldBeTrue();
        throttle.TryTake(IPAddress.Parse("::ffff:192.0.2.9"), out _).ShouldBeTrue();
        throttle.TryTake(IPAddress.Parse("192.0.2.9"), out _).ShouldBeFalse();
    }

    [Fact]
    public void A_flood_of_addresses_forgets_the_quiet_ones_first()
    {
        var throttle = new FailureThrottle(_time, new() { FailedSignInsPerMinute = 2, MaxRememberedAddresses = 100 });
        var guilty = IPAddress.Parse("203.0.113.1");
        Take(throttle, guilty).ShouldBe(2);
        for (var i = 0; i < 1000; i++)
        {
            throttle.TryTake(new IPAddress([10, 0, (byte)(i / 256), (byte)i]), out _);
        }

        throttle.TryTake(guilty, out _).ShouldBeFalse();
    }

    private static int Take(FailureThrottle throttle, IPAddress address)
    {
        var taken = 0;
        while (throttle.TryTake(address, out _))
        {
            taken++;
        }

        return taken;
    }
}
