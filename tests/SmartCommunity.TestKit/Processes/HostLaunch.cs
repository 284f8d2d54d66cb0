using System.Diagnostics;
using System.Text;

namespace SmartCommunity.TestKit.Processes;

/// <summary>Starts the host's program, which lies beside the tests.</summary>
internal static class HostLaunch
{
    /// <param name="arguments">The command line.</param>
    /// <param name="environment">Variables to add; null for none.</param>
    public static Process Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var dll = Path.Combine(AppContext.BaseDirectory, "SmartCommunity.Host.dll");
        var start = new ProcessStartInfo("dotnet", ["exec", dll, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException("The host could not be started.");
    }

    /// <summary>Sends a signal, for example TERM or INT.</summary>
    public static void Signal(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
