using System.Buffers;

namespace SmartCommunity.Journal.Tests.Records;

public sealed class JournalRecordReaderTests
{
    [Fact]
    public void What_is_written_is_read()
    {
        var random = new Random(1);
        var buffer = new ArrayBufferWriter<byte>();
        var payloads = Enumerable.Range(0, 50).Select(length => Bytes(random, length)).ToList();
        for (var index = 0; index < payloads.Count; index++)
            JournalRecords.Write(buffer, index + 1, payloads[index]);

        var reader = new JournalRecordReader(buffer.WrittenSpan);
        for (var index = 0; index < payloads.Count; index++)
        {
            reader.TryRead(out var sequence, out var payload).ShouldBeTrue();
            sequence.ShouldBe(index + 1);
            payload.SequenceEqual(payloads[index]).ShouldBeTrue();
        }

        reader.TryRead(out _, out _).ShouldBeFalse();
        reader.Consumed.ShouldBe(buffer.WrittenCount);
    }

    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        var buffer = new ArrayBufferWriter<byte>();
        JournalRecords.Write(buffer, 258, "abc"u8);

        // The checksum was computed with the bitwise definition of CRC-32C over 02 01 00 00 00 00 00 00 'a' 'b' 'c'.
        buffer.WrittenSpan.ToArray().ShouldBe([3, 0, 0, 0, .. BitConverter.GetBytes(Bitwise([2, 1, 0, 0, 0, 0, 0, 0, 97, 98, 99])), 2, 1, 0, 0, 0, 0, 0, 0, 97, 98, 99]);
        Bitwise("123456789"u8).ShouldBe(0xE3069283u);
    }

    [Fact]
    public void Every_cut_and_every_flipped_bit_is_noticed()
    {
        var buffer = new ArrayBufferWriter<byte>();
        JournalRecords.Write(buffer, 7, "first record"u8);
        JournalRecords.Write(buffer, 8, "second"u8);
        var whole = buffer.WrittenSpan.ToArray();
        var boundary = JournalRecords.SizeOf(12);

        for (var length = 1; length < whole.Length; length++)
        {
            if (length != boundary)
                Should.Throw<JournalDamagedException>(() => ReadThrough(whole[..length]));
        }

        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var flipped = (byte[])whole.Clone();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Should.Throw<JournalDamagedException>(() => ReadThrough(flipped), $"bit {bit}");
        }
    }

    private static void ReadThrough(byte[] bytes)
    {
        var reader = new JournalRecordReader(bytes);
        while (reader.TryRead(out _, out _))
        {
            // Reading is the test.
        }
    }

    private static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static uint Bitwise(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (0x82F63B78u & (0u - (crc & 1)));
        }

        return ~crc;
    }
}
