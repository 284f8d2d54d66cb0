using System.Globalization;
using Xunit.Abstractions;

namespace SmartCommunity.EndToEnd.Tests.Hostile.Harness;

/// <summary>
/// Watches well-behaved clients and the memory of a server while somebody attacks it: the 99th percentile of their acknowledgement delays stays within twice what it
/// was right before, and the memory within 64 MiB of what it was.
/// </summary>
/// <remarks>
/// The machine does other things too, and one pair of figures may be theirs: a pair in which the bystanders waited too long is measured again, twice at most. A
/// server that an attack slows down is slow each time. Memory is measured once, against the start.
/// </remarks>
internal sealed class Siege(int port, int processId, IReadOnlyList<(string Device, string Token)> devices, int attempts = 3) : IDisposable
{
    /// <summary>What the memory may grow by, in bytes.</summary>
    public const long MemoryAllowance = 64 << 20;

    // What two busy cores do to anybody's delays; less than this is not told from nothing. A person would not notice it either.
    private static readonly TimeSpan Floor = TimeSpan.FromMilliseconds(50);
    private const int CalmWindows = 4;
    private const int AttackWindows = 6;

    private readonly List<Bystander> _bystanders = [.. devices.Select(device => new Bystander(port, device.Device, device.Token))];

    /// <summary>How long an attack should last at least, so that it is seen in enough windows.</summary>
    public static TimeSpan Duration { get; } = Windows.Length * AttackWindows;

    /// <summary>Attacks and compares.</summary>
    /// <param name="attack">What the attackers do, and what they check of the answers. It may be run again.</param>
    /// <param name="output">Gets the figures.</param>
    public async Task WithstandAsync(Func<Task> attack, ITestOutputHelper output)
    {
        var before = 0L;
        for (var attempt = 1; ; attempt++)
        {
            var calm = await Windows.WatchAsync(_bystanders, processId, Task.CompletedTask, CalmWindows);
            before = before == 0 ? calm.PeakBytes : before;
            var besieged = await Windows.WatchAsync(_bystanders, processId, attack(), AttackWindows);
            output.WriteLine($"p99 {calm.P99.TotalMilliseconds:F1} ms, then {besieged.P99.TotalMilliseconds:F1} ms; memory {MiB(before)}, then {MiB(besieged.PeakBytes)}");
            _bystanders.ForEach(bystander => bystander.ShouldBeServed());
            (besieged.PeakBytes - before).ShouldBeLessThanOrEqualTo(MemoryAllowance, $"the memory grew from {MiB(before)} to {MiB(besieged.PeakBytes)}");
            var limit = 2 * (calm.P99 > Floor ? calm.P99 : Floor);
            if (besieged.P99 <= limit) return;
            if (attempt == attempts) besieged.P99.ShouldBeLessThanOrEqualTo(limit, $"acknowledgements took {calm.P99.TotalMilliseconds:F1} ms before");
        }
    }

    public void Dispose() => _bystanders.ForEach(bystander => bystander.Dispose());

    private static string MiB(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:F1} MiB");
}
