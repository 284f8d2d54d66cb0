using System.Diagnostics;

namespace SmartCommunity.EndToEnd.Tests.Hostile.Harness;

/// <summary>Attacks at a bounded rate, so that the server is measured and not the attacker's own use of the machine.</summary>
internal static class Pace
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    /// <summary>Starts an action so many times a second while the siege lasts, and waits for all of them.</summary>
    public static async Task KeepAsync(int perSecond, Func<int, Task> action) => await Task.WhenAll(await StartAsync(perSecond, action));

    /// <summary>Starts an action so many times a second while the siege lasts.</summary>
    /// <returns>What was started, which may still run.</returns>
    public static async Task<List<Task>> StartAsync(int perSecond, Func<int, Task> action)
    {
        var clock = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Tick);
        List<Task> started = [];
        do
        {
            while (started.Count < clock.Elapsed.TotalSeconds * perSecond) started.Add(action(started.Count));
            if (started.Find(task => task.IsFaulted) is { } failed) await failed;
        }
        while (await timer.WaitForNextTickAsync() && clock.Elapsed < Siege.Duration);

        return started;
    }

    /// <summary>Does something one after the other while the siege lasts, at most so often.</summary>
    public static async Task KeepInTurnAsync(int perSecond, Func<int, Task> action)
    {
        var clock = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Tick);
        var done = 0;
        do
        {
            while (done < clock.Elapsed.TotalSeconds * perSecond && clock.Elapsed < Siege.Duration) await action(done++);
        }
        while (await timer.WaitForNextTickAsync() && clock.Elapsed < Siege.Duration);
    }
}
