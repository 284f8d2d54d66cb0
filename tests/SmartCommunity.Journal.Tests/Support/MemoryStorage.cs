namespace SmartCommunity.Journal.Tests.Support;

/// <summary>A disk in memory that can fail and crash. What was not flushed is lost, or torn, in a crash.</summary>
internal sealed class MemoryStorage : IJournalStorage
{
    private readonly Dictionary<string, MemoryFile> _files = new(StringComparer.Ordinal);
    private bool _locked;

    /// <summary>Counts operations down; the one that reaches zero fails. 0 means never.</summary>
    public int FailWriteIn { get; set; }

    public int FailFlushIn { get; set; }

    /// <summary>While set, nothing new fits on the disk.</summary>
    public bool Full { get; set; }

    public int Flushes { get; private set; }

    public Action? OnFlush { get; set; }

    public Dictionary<string, MemoryFile> Files => _files;

    public IReadOnlyList<string> List()
    {
        lock (_files)
            return [.. _files.Keys];
    }

    public IJournalFile Create(string name, long length)
    {
        if (Full)
            throw new JournalDiskFullException("full");
        var file = new MemoryFile(new byte[length]);
        lock (_files)
            _files[name] = file;
        return new Handle(this, file);
    }

    public IJournalFile Open(string name, bool forWriting)
    {
        lock (_files)
            return _files.TryGetValue(name, out var file) ? new Handle(this, file) : throw new FileNotFoundException(name);
    }

    public void Delete(string name)
    {
        lock (_files)
            _files.Remove(name);
    }

    public void Rename(string from, string to)
    {
        lock (_files)
        {
            _files[to] = _files[from];
            _files.Remove(from);
        }
    }

    public IDisposable Lock(string name)
    {
        if (_locked)
            throw new JournalInUseException("memory");
        _locked = true;
        return new Unlock(this);
    }

    /// <summary>The disk after a power cut: flushed bytes, and of each unflushed write what <paramref name="survives"/> lets through, byte by byte.</summary>
    public MemoryStorage Crash(Func<string, int, bool> survives)
    {
        var after = new MemoryStorage();
        foreach (var (name, file) in _files)
        {
            var bytes = (byte[])file.Durable.Clone();
            for (var offset = 0; offset < bytes.Length && offset < file.Bytes.Length; offset++)
            {
                if (bytes[offset] != file.Bytes[offset] && survives(name, offset))
                    bytes[offset] = file.Bytes[offset];
            }

            after._files[name] = new MemoryFile(bytes);
        }

        return after;
    }

    public MemoryStorage Copy() => Crash((_, _) => true);

    private static void Countdown(int left, string what)
    {
        if (left == 1)
            throw new IOException($"injected failure of {what}");
    }

    internal sealed class MemoryFile(byte[] bytes)
    {
        public byte[] Bytes { get; set; } = bytes;

        public byte[] Durable { get; set; } = (byte[])bytes.Clone();
    }

    private sealed class Handle(MemoryStorage storage, MemoryFile file) : IJournalFile
    {
        public long Length => file.Bytes.Length;

        public int Read(long offset, Span<byte> buffer)
        {
            lock (file)
            {
                var count = Math.Min(Math.Max(0, file.Bytes.Length - (int)offset), buffer.Length);
                file.Bytes.AsSpan(Math.Min((int)offset, file.Bytes.Length), count).CopyTo(buffer);
                return count;
            }
        }

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            Countdown(storage.FailWriteIn, "write");
            storage.FailWriteIn = Math.Max(0, storage.FailWriteIn - 1);
            lock (file)
            {
                if (offset + bytes.Length > file.Bytes.Length)
                    Resize((int)offset + bytes.Length);
                bytes.CopyTo(file.Bytes.AsSpan((int)offset));
            }
        }

        public void Flush()
        {
            storage.OnFlush?.Invoke();
            Countdown(storage.FailFlushIn, "flush");
            storage.FailFlushIn = Math.Max(0, storage.FailFlushIn - 1);
            storage.Flushes++;
            lock (file)
                file.Durable = (byte[])file.Bytes.Clone();
        }

        public void SetLength(long length)
        {
            lock (file)
                Resize((int)length);
        }

        public void Dispose()
        {
        }

        private void Resize(int length)
        {
            var (bytes, durable) = (file.Bytes, file.Durable);
            Array.Resize(ref bytes, length);
            Array.Resize(ref durable, length);
            (file.Bytes, file.Durable) = (bytes, durable);
        }
    }

    private sealed class Unlock(MemoryStorage storage) : IDisposable
    {
        public void Dispose() => storage._locked = false;
    }
}
