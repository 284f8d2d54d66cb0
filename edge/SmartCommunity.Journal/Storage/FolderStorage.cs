namespace SmartCommunity.Journal;

/// <summary>The journal's files in a folder of the real file system.</summary>
public sealed class FolderStorage : IJournalStorage
{
    private const int ZeroBytes = 1 << 20;

    /// <summary>Uses a folder, which is created when it does not exist.</summary>
    /// <exception cref="IOException">It can not be created.</exception>
    public FolderStorage(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Folder = Path.GetFullPath(folder);
        Directory.CreateDirectory(Folder);
    }

    /// <summary>The full path of the folder.</summary>
    public string Folder { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> List() => [.. Directory.EnumerateFiles(Folder).Select(path => Path.GetFileName(path)!)];

    /// <inheritdoc/>
    public IJournalFile Create(string name, long length)
    {
        var file = new FolderFile(File.OpenHandle(PathOf(name), FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete));
        try
        {
            WriteZeros(file, length);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IJournalFile Open(string name, bool forWriting)
        => new FolderFile(File.OpenHandle(
            PathOf(name), FileMode.Open, forWriting ? FileAccess.ReadWrite : FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));

    /// <inheritdoc/>
    public void Delete(string name) => File.Delete(PathOf(name));

    /// <inheritdoc/>
    public void Rename(string from, string to)
    {
        File.Move(PathOf(from), PathOf(to), overwrite: true);
        UnixFlush.Folder(Folder);
    }

    /// <inheritdoc/>
    public IDisposable Lock(string name)
    {
        try
        {
            // FileShare.None is an exclusive advisory lock on Unix and a sharing violation on Windows; both end with the process.
            return new FileStream(PathOf(name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException reason) when (reason is not DirectoryNotFoundException)
        {
            throw new JournalInUseException(Folder, reason);
        }
    }

    private string PathOf(string name) => Path.Combine(Folder, name);

    // Real zeros rather than reserved blocks: a first write into reserved blocks would make each fdatasync commit metadata as well. And a piece at a time: a flush of the
    // journal waits behind what is on its way to the disk, and all at once would be a stall of tens of milliseconds.
    private static void WriteZeros(FolderFile file, long length)
    {
        var zeros = new byte[Math.Min(length, ZeroBytes)];
        for (var offset = 0L; offset < length; offset += zeros.Length)
        {
            file.Write(offset, zeros.AsSpan(0, (int)Math.Min(zeros.Length, length - offset)));
            file.Flush();
        }
    }
}
