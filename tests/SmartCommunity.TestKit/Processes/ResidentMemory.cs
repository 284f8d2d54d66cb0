using System.Diagnostics;
using System.Globalization;

namespace SmartCommunity.TestKit.Processes;

/// <summary>How much of the machine's memory a process holds.</summary>
public static class ResidentMemory
{
    /// <summary>The resident set of a process in bytes: VmRSS where there is /proc, the system's own figure elsewhere.</summary>
    /// <exception cref="IOException">The process has ended.</exception>
    public static long Of(int processId)
    {
        var file = $"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/status";
        if (!OperatingSystem.IsLinux())
        {
            using var process = Process.GetProcessById(processId);
            return process.WorkingSet64;
        }

        // VmRSS:     1234 kB
        var line = File.ReadLines(file).FirstOrDefault(text => text.StartsWith("VmRSS:", StringComparison.Ordinal)) ?? throw new IOException($"{file} has no VmRSS.");
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
