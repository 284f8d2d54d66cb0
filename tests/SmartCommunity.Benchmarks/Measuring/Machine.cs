using System.Runtime.InteropServices;

namespace SmartCommunity.Benchmarks.Measuring;

/// <summary>Where the numbers come from.</summary>
internal static class Machine
{
    /// <summary>Processor, cores, kernel and runtime in one line.</summary>
    public static string Describe()
    {
        var model = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : null;
        return $"{model ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}";
    }
}
