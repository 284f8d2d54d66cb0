using SmartCommunity.TestKit.Time;

namespace SmartCommunity.Mqtt.Server.Tests.Harness;

/// <summary>The clock that the other tests trust.</summary>
public sealed class ManualTimeProviderTests
{
    [Fact]
    public void TimersFireInOrderAtTheirOwnTimes()
    {
        var clock = new ManualTimeProvider();
        var start = clock.GetUtcNow();
        var fired = new List<(string, double)>();
        using var late = clock.CreateTimer(_ => Note("late"), null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        using var every = clock.CreateTimer(_ => Note("every"), null, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));
        using var never = clock.CreateTimer(_ => Note("never"), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        using var gone = clock.CreateTimer(_ => Note("gone"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        gone.Dispose();
        clock.Advance(TimeSpan.FromSeconds(6));
        fired.ShouldBe([("every", 2), ("every", 4), ("late", 5), ("every", 6)]);
        clock.GetElapsedTime(start.UtcTicks).ShouldBe(TimeSpan.FromSeconds(6));

        void Note(string name) => fired.Add((name, (clock.GetUtcNow() - start).TotalSeconds));
    }

    [Fact]
    public async Task DelaysAndTimeoutsFollowIt()
    {
        var clock = new ManualTimeProvider();
        var delay = Task.Delay(TimeSpan.FromSeconds(1), clock);
        var limited = new TaskCompletionSource().Task.WaitAsync(TimeSpan.FromSeconds(2), clock);
        clock.Advance(TimeSpan.FromSeconds(1));
        await delay.WaitAsync(TimeSpan.FromSeconds(10));
        limited.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(1));
        await Should.ThrowAsync<TimeoutException>(limited);
    }
}
