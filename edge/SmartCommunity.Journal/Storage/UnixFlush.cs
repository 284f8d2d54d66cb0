using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SmartCommunity.Journal;

/// <summary>Flushes that .NET does not offer: data without metadata, and a folder's entries.</summary>
internal static partial class UnixFlush
{
    private const int ReadOnly = 0;
    private const int Interrupted = 4;

    /// <summary>fdatasync(2).</summary>
    internal static void Data(SafeFileHandle handle)
    {
        while (DataSync(handle) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
                throw Failure("fdatasync", error);
        }
    }

    /// <summary>Makes renames and deletions inside a folder durable. Windows needs and offers nothing of the kind.</summary>
    internal static void Folder(string path)
    {
        if (OperatingSystem.IsWindows())
            return;

        var descriptor = OpenFile(path, ReadOnly);
        if (descriptor < 0)
            throw Failure("open", Marshal.GetLastPInvokeError());
        try
        {
            if (Sync(descriptor) != 0)
                throw Failure("fsync", Marshal.GetLastPInvokeError());
        }
        finally
        {
            _ = CloseFile(descriptor);
        }
    }

    private static IOException Failure(string call, int error) => new($"{call} failed: {Marshal.GetPInvokeErrorMessage(error)}", error);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int DataSync(SafeFileHandle handle);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int CloseFile(int descriptor);
}
