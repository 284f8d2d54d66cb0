using Microsoft.Win32.SafeHandles;

namespace SmartCommunity.Journal;

/// <summary>One file of a <see cref="FolderStorage"/>.</summary>
internal sealed class FolderFile(SafeFileHandle handle) : IJournalFile
{
    // ENOSPC and EDQUOT of Linux and macOS (.NET keeps errno in HResult there), ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL of Windows.
    private static readonly int[] NoRoom = [28, 122, 69, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    public long Length => RandomAccess.GetLength(handle);

    public int Read(long offset, Span<byte> buffer)
    {
        var total = 0;
        while (total < buffer.Length)
        {
            var count = RandomAccess.Read(handle, buffer[total..], offset + total);
            if (count == 0)
                break;
            total += count;
        }

        return total;
    }

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(handle, bytes, offset);
        }
        catch (IOException reason) when (NoRoom.Contains(reason.HResult))
        {
            throw new JournalDiskFullException("The disk of the journal is full.", reason);
        }
    }

    public void Flush()
    {
        if (OperatingSystem.IsLinux())
            UnixFlush.Data(handle);
        else
            RandomAccess.FlushToDisk(handle);
    }

    public void SetLength(long length) => RandomAccess.SetLength(handle, length);

    public void Dispose() => handle.Dispose();
}
