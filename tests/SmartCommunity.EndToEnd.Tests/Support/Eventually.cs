using System.Diagnostics;

namespace SmartCommunity.EndToEnd.Tests.Support;

/// <summary>Asks until the answer is there. The clock only ends what never comes.</summary>
internal static class Eventually
{
    /// <summary>How long anything may take on a machine that others use too.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);

    /// <summary>The first answer that is not null.</summary>
    public static async Task<T> GetAsync<T>(string what, Func<Task<T?>> ask)
        where T : class
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            if (await ask() is { } answer)
            {
                return answer;
            }

            if (clock.Elapsed > Patience)
            {
                throw new TimeoutException($"Not within {Patience.TotalSeconds} s: {what}.");
            }

            await Task.Delay(Period);
        }
    }

    public static Task TrueAsync(string what, Func<Task<bool>> ask) => GetAsync(what, async () => await ask() ? what : null);
}
