using SmartCommunity.Journal;

namespace SmartCommunity.Mqtt.Server.Tests.Persistence;

/// <summary>A disk in memory. In a crash, whatever was not flushed is lost, torn or kept, byte by byte.</summary>
internal sealed class CrashDisk : IJournalStorage
{
    private readonly Dictionary<string, MemoryFile> _files = new(StringComparer.Ordinal);

    /// <summary>Whether nothing more fits on it.</summary>
    public bool IsFull { get; set; }

    /// <summary>Whether writes fail.</summary>
    public bool IsBroken { get; set; }

    public IReadOnlyList<string> List()
    {
        lock (_files) return [.. _files.Keys];
    }

    public IJournalFile Create(string name, long length)
    {
        ThrowIfFull();
        var file = new MemoryFile(this) { Bytes = new byte[length], Durable = new byte[length] };
        lock (_files) _files[name] = file;
        return file;
    }

    public IJournalFile Open(string name, bool forWriting)
    {
        lock (_files) return _files.TryGetValue(name, out var file) ? file : throw new FileNotFoundException(name);
    }

    public void Delete(string name)
    {
        lock (_files) _files.Remove(name);
    }

    public void Rename(string from, string to)
    {
        lock (_files)
        {
            _files[to] = _files[from];
            _files.Remove(from);
        }
    }

    public IDisposable Lock(string name) => new MemoryStream();

    /// <summary>The disk after the power came back.</summary>
    /// <param name="survives">Whether an unflushed byte got there.</param>
    public CrashDisk Crash(Func<bool> survives)
    {
        var after = new CrashDisk();
        foreach (var (name, file) in _files)
        {
            var bytes = file.Durable.ToArray();
            for (var i = 0; i < bytes.Length && i < file.Bytes.Length; i++)
            {
                if (bytes[i] != file.Bytes[i] && survives()) bytes[i] = file.Bytes[i];
            }

            after._files[name] = new MemoryFile(after) { Bytes = bytes, Durable = bytes.ToArray() };
        }

        return after;
    }

    /// <summary>Flips bits of a file.</summary>
    public void Damage(Func<string, bool> which, int offset)
    {
        var file = _files.First(f => which(f.Key)).Value;
        file.Bytes[offset] ^= 0x55;
        file.Durable[offset] = file.Bytes[offset];
    }

    private void ThrowIfFull()
    {
        if (IsFull) throw new JournalDiskFullException("full");
        if (IsBroken) throw new IOException("broken");
    }

    private sealed class MemoryFile(CrashDisk disk) : IJournalFile
    {
        public byte[] Bytes { get; set; } = [];

        public byte[] Durable { get; set; } = [];

        public long Length => Bytes.Length;

        public int Read(long offset, Span<byte> buffer)
        {
            lock (this)
            {
                var count = (int)Math.Clamp(Bytes.Length - offset, 0, buffer.Length);
                if (count > 0) Bytes.AsSpan((int)offset, count).CopyTo(buffer);
                return count;
            }
        }

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            disk.ThrowIfFull();
            lock (this)
            {
                if (offset + bytes.Length > Bytes.Length) SetLength(offset + bytes.Length);
                bytes.CopyTo(Bytes.AsSpan((int)offset));
            }
        }

        public void Flush()
        {
            lock (this) Durable = Bytes.ToArray();
        }

        public void SetLength(long length)
        {
            lock (this)
            {
                var (bytes, durable) = (Bytes, Durable);
                Array.Resize(ref bytes, (int)length);
                Array.Resize(ref durable, (int)length);
                (Bytes, Durable) = (bytes, durable);
            }
        }

        public void Dispose()
        {
        }
    }
}
