using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using SmartCommunity.Journal;

namespace SmartCommunity.Mqtt.Server.Persistence;

/// <summary>
/// A state as one file of records, in the journal's record format, numbered from 1. The first record says what it is, the last that it is whole.
/// Its name is the last journal sequence that is in it.
/// </summary>
internal static class SnapshotFile
{
    /// <summary>The file while it is written; what is left of one after a crash is overwritten.</summary>
    public const string NewName = "snapshot.new";

    private const string Extension = ".snapshot";
    private const int Chunk = 256 * 1024;

    // "SCSTATE" version
    private static ReadOnlySpan<byte> Heading => "SCSTATE\u0001"u8;

    public static string NameOf(long through) => through.ToString("D20", CultureInfo.InvariantCulture) + Extension;

    public static bool TryParseName(string name, out long through)
    {
        through = 0;
        return name.Length == 20 + Extension.Length && name.EndsWith(Extension, StringComparison.Ordinal)
            && long.TryParse(name.AsSpan(0, 20), NumberStyles.None, CultureInfo.InvariantCulture, out through);
    }

    /// <summary>Writes a snapshot; on disk and under its name when the call returns.</summary>
    /// <returns>Its length in bytes.</returns>
    /// <exception cref="IOException">It could not be written; nothing has changed then.</exception>
    public static long Write(IJournalStorage storage, StateImage image)
    {
        long length;
        using (var file = storage.Create(NewName, 0))
        {
            var output = new Output(file);
            output.Add(Heading);
            SnapshotContent.Write(image, record => output.Add(record.Written));
            length = output.Finish();
        }

        storage.Rename(NewName, NameOf(image.Through));
        return length;
    }

    /// <summary>Reads a snapshot as far as it is whole.</summary>
    public static SnapshotFindings Read(IJournalStorage storage, long through, StateImage image)
    {
        using var file = storage.Open(NameOf(through), forWriting: false);
        image.Through = through;
        var input = new Input(file);
        var damaged = 0;
        var first = true;
        while (input.TryRead(out var payload, ref damaged))
        {
            if (first && !payload.SequenceEqual(Heading))
                throw new IOException($"'{NameOf(through)}' has a format that this version does not know. Use the version that wrote it.");
            if (first)
            {
                first = false;
                continue;
            }

            image.Apply(payload);
            if (payload[0] == (byte)StateRecordKind.SnapshotEnd) return new SnapshotFindings(file.Length, damaged, IsWhole: damaged == 0);
        }

        image.ReleaseHeld();
        return new SnapshotFindings(file.Length, damaged, IsWhole: false);
    }

    private sealed class Output(IJournalFile file)
    {
        private readonly ArrayBufferWriter<byte> _buffer = new(Chunk);
        private long _offset;
        private long _sequence;

        public void Add(ReadOnlySpan<byte> payload)
        {
            JournalRecords.Write(_buffer, ++_sequence, payload);
            if (_buffer.WrittenCount >= Chunk) Write();
        }

        public long Finish()
        {
            Write();
            file.Flush();
            return _offset;
        }

        private void Write()
        {
            file.Write(_offset, _buffer.WrittenSpan);
            _offset += _buffer.WrittenCount;
            _buffer.ResetWrittenCount();
        }
    }

    private sealed class Input(IJournalFile file)
    {
        private byte[] _bytes = new byte[Chunk];
        private int _start;
        private int _end;
        private long _offset;

        /// <summary>The next whole record; damaged ones are passed over as long as their length leads to another.</summary>
        public bool TryRead(out ReadOnlySpan<byte> payload, ref int damaged)
        {
            while (true)
            {
                payload = default;
                if (!Fill(JournalRecords.HeaderBytes)) return false;
                var length = BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(_start));
                if (length > file.Length || !Fill(JournalRecords.HeaderBytes + (int)length))
                {
                    damaged++;
                    return false;
                }

                var record = _bytes.AsSpan(_start, JournalRecords.HeaderBytes + (int)length);
                _start += record.Length;
                if (IsWhole(record, out payload)) return true;
                damaged++;
            }
        }

        private static bool IsWhole(ReadOnlySpan<byte> record, out ReadOnlySpan<byte> payload)
        {
            try
            {
                return new JournalRecordReader(record).TryRead(out _, out payload) && payload.Length > 0;
            }
            catch (JournalDamagedException)
            {
                payload = default;
                return false;
            }
        }

        private bool Fill(int needed)
        {
            if (_end - _start >= needed) return true;
            var kept = _end - _start;
            var target = _bytes.Length >= needed ? _bytes : new byte[needed];
            _bytes.AsSpan(_start, kept).CopyTo(target);
            _bytes = target;
            _start = 0;
            _end = kept;
            var count = file.Read(_offset, _bytes.AsSpan(_end));
            _offset += count;
            _end += count;
            return _end >= needed;
        }
    }
}

/// <summary>What reading a snapshot found.</summary>
/// <param name="Bytes">Its length.</param>
/// <param name="Damaged">Records that could not be read.</param>
/// <param name="IsWhole">Whether everything was there.</param>
internal readonly record struct SnapshotFindings(long Bytes, int Damaged, bool IsWhole);
