using System.Runtime.InteropServices;

namespace SmartCommunity.Host.Hosting;

/// <summary>What <see cref="Thread.Priority"/> promises and does not do on Linux, where each thread has a nice value of its own (setpriority(2)).</summary>
internal static partial class ThreadPriorities
{
    private const int PrioProcess = 0;
    private const int CallingThread = 0;

    /// <summary>Lowers the calling thread; without effect where the system can not.</summary>
    /// <param name="niceness">1 to 19: each step takes about a tenth of its share of a busy processor; 0 changes nothing.</param>
    public static void Lower(int niceness)
    {
        if (niceness > 0 && OperatingSystem.IsLinux())
        {
            // Lowering needs no right, so the answer can only be success.
            _ = SetPriority(PrioProcess, CallingThread, niceness);
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int priority);
}
