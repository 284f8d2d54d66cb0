namespace SmartCommunity.Journal;

/// <summary>The few things that the journal asks of a file system. Tests and simulations put a faulty one in its place.</summary>
/// <remarks>Names are plain file names inside one folder. Calls block; they are made on the journal's own threads.</remarks>
public interface IJournalStorage
{
    /// <summary>The names of all files.</summary>
    IReadOnlyList<string> List();

    /// <summary>Creates a file (an old one of that name is replaced) of <paramref name="length"/> zero bytes whose blocks are allocated, and opens it.</summary>
    /// <exception cref="JournalDiskFullException">There is no room.</exception>
    IJournalFile Create(string name, long length);

    /// <summary>Opens a file that exists.</summary>
    /// <exception cref="FileNotFoundException">It does not exist.</exception>
    IJournalFile Open(string name, bool forWriting);

    /// <summary>Removes a file; one that is open elsewhere stays readable there. Nothing happens when it does not exist.</summary>
    void Delete(string name);

    /// <summary>Renames a file, replacing the target; on disk when the call returns.</summary>
    void Rename(string from, string to);

    /// <summary>Takes the folder for this process until the result is disposed.</summary>
    /// <exception cref="JournalInUseException">Someone else has it.</exception>
    IDisposable Lock(string name);
}

/// <summary>One open file.</summary>
public interface IJournalFile : IDisposable
{
    /// <summary>Length in bytes.</summary>
    long Length { get; }

    /// <summary>Reads at an offset.</summary>
    /// <returns>The bytes read; fewer than asked only at the end of the file.</returns>
    int Read(long offset, Span<byte> buffer);

    /// <summary>Writes all bytes at an offset; on disk only after <see cref="Flush"/>.</summary>
    /// <exception cref="JournalDiskFullException">There is no room; the same write may be tried again.</exception>
    void Write(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Brings all that was written to the disk (fdatasync). After a failure nothing is known about what was written since the flush before.</summary>
    void Flush();

    /// <summary>Shortens or lengthens the file.</summary>
    void SetLength(long length);
}
