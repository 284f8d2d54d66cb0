using SmartCommunity.Fuzz.Engine;
using SmartCommunity.Fuzz.Oracles;
using SmartCommunity.Mqtt.Framing;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Fuzz;

/// <summary>The frame scanner against an oracle that sees the whole stream at once.</summary>
public sealed class FrameFuzz
{
    private const int MaxPacketSize = 90;
    private const int Rounds = 20_000;

    [Fact]
    public void MutatedStreamsAreCutAsTheOracleCutsThem() => Play(Rounds, new NaiveFrames(MaxPacketSize)).ShouldBeNull();

    [Fact]
    public void EveryEntryIsCutTheSameWhereverTheReadsEnd()
    {
        var oracle = new NaiveFrames(MaxPacketSize);
        byte[] next = [0xC0, 0x00];
        for (var index = 0; index < SeedPackets.Entries.Length; index++)
        {
            byte[] stream = [.. SeedPackets.Bytes(index), .. next];
            var expected = oracle.Cut(stream);
            for (var cut = 0; cut <= stream.Length; cut++)
                UnderTest.Cut(stream, [cut], segmentSize: 7, MaxPacketSize).ShouldBe(expected, $"{Convert.ToHexString(stream)} cut at {cut}");
            for (var size = 1; size <= 5; size++)
                UnderTest.Cut(stream, Enumerable.Range(0, stream.Length), size, MaxPacketSize).ShouldBe(expected, "one byte per read");
        }
    }

    [Fact]
    public void AHeaderThatAnnouncesALotCostsNothing()
    {
        byte[][] headers = [[0x10, 0xFF, 0xFF, 0xFF, 0x7F], [0x30, 0xFF, 0xFF, 0xFF, 0x7F], [0x30, 0x80, 0x80, 0x80, 0x80], [0x30, 0xFF, 0xFF, 0x03]];
        foreach (var header in headers)
        {
            using var frames = new FrameReader(1024 * 1024);
            frames.Load(new System.Buffers.ReadOnlySequence<byte>(header));
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                frames.TryRead(out _).ShouldBeFalse();
            }
            catch (MqttProtocolException)
            {
                // Too large, or malformed.
            }

            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(16 * 1024, Convert.ToHexString(header));
        }
    }

    /// <summary>Streams of a few packets, changed a little, in reads and segments of random sizes.</summary>
    internal static Finding? Play(int rounds, NaiveFrames oracle) => Campaign.Run(rounds, random =>
    {
        var stream = new List<byte>();
        for (var packets = random.Next(1, 5); packets > 0; packets--) stream.AddRange(SeedPackets.Bytes(random.Next(SeedPackets.Entries.Length)));
        var bytes = Mutator.Mutate([.. stream], random);
        int[] cuts = [.. Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(bytes.Length + 1)).Order()];
        var expected = oracle.Cut(bytes);
        var actual = UnderTest.Cut(bytes, cuts, random.Next(1, 40), MaxPacketSize);
        return actual.SequenceEqual(expected)
            ? null
            : new Finding($"cuts {string.Join(',', cuts)}: expected {string.Join(" | ", expected)}; got {string.Join(" | ", actual)}", bytes);
    });
}
