using System.Diagnostics;
using System.Globalization;

namespace SmartCommunity.Benchmarks.Measuring;

/// <summary>What the system knows of a process.</summary>
internal static class ProcessFigures
{
    /// <summary>Processor time so far.</summary>
    public static TimeSpan Cpu(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }

    /// <summary>The most memory that was resident at any time, in MiB (VmHWM).</summary>
    public static double PeakMebibytes(Process process) => Mebibytes(process, "VmHWM:");

    /// <summary>The memory that is resident now, in MiB (VmRSS).</summary>
    public static double ResidentMebibytes(Process process) => Mebibytes(process, "VmRSS:");

    private static double Mebibytes(Process process, string field)
    {
        var line = File.ReadLines(FormattableString.Invariant($"/proc/{process.Id}/status")).First(line => line.StartsWith(field, StringComparison.Ordinal));
        return double.Parse(line.AsSpan(field.Length).TrimEnd("kB ").Trim(), CultureInfo.InvariantCulture) / 1024;
    }
}
