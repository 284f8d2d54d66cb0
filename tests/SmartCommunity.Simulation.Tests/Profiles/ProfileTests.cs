using SmartCommunity.Simulation.Profiles;

namespace SmartCommunity.Simulation.Tests.Profiles;

public sealed class ProfileTests
{
    public static TheoryData<string> Names() => [nameof(Habits.ComingAndGoing), nameof(Habits.AtHome), nameof(Habits.Water), nameof(Habits.Power)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_total_is_the_integral_of_its_profile_and_never_falls(string name)
    {
        var profile = (WeekProfile)typeof(Habits).GetProperty(name)!.GetValue(null)!;
        var step = TimeSpan.FromMinutes(7);
        var time = new DateTime(2026, 11, 19, 0, 0, 0, DateTimeKind.Unspecified);
        var end = time.AddDays(12);
        var total = profile.Total(time);
        var integral = total;
        while (time < end)
        {
            integral += (profile.At(time) + profile.At(time + step)) / 2 * step.TotalDays;
            time += step;
            var next = profile.Total(time);
            next.ShouldBeGreaterThan(total);
            total = next;
        }

        // At midnight between a weekday and the weekend the rate itself jumps; the trapezoid is a little off there.
        total.ShouldBe(integral, 0.02);
    }

    [Fact]
    public void A_weekdays_mean_is_one()
    {
        var monday = new DateTime(2026, 11, 16, 0, 0, 0, DateTimeKind.Unspecified);
        (Habits.Water.Total(monday.AddDays(1)) - Habits.Water.Total(monday)).ShouldBe(1, 1e-9);
        Enumerable.Range(0, 1440).Select(minute => Habits.Water.At(monday.AddMinutes(minute))).Average().ShouldBe(1, 0.001);
    }

    [Fact]
    public void Local_time_is_standard_time_all_year()
    {
        var berlin = SiteClock.Of("Europe/Berlin");
        berlin.At(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero)).Hour.ShouldBe(13);
        berlin.At(new DateTimeOffset(2026, 12, 1, 12, 0, 0, TimeSpan.Zero)).Hour.ShouldBe(13);
        SiteClock.Of("Asia/Shanghai").At(TestCommunity.Morning).ShouldBe(new DateTime(2026, 11, 20, 8, 30, 0));
    }
}
