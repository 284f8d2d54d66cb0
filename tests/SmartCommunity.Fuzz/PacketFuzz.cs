using SmartCommunity.Fuzz.Engine;
using SmartCommunity.Fuzz.Oracles;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Fuzz;

/// <summary>The packet readers against a decoder that was written from the specification, and against the writers.</summary>
public sealed class PacketFuzz
{
    private const int Rounds = 40_000;

    [Fact]
    public void MutatedPacketsMeanWhatTheOracleSays() => Play(Rounds, version => new NaiveDecoder(version)).ShouldBeNull();

    [Fact]
    public void TheOracleUnderstandsTheEntriesThatAreWhole()
    {
        var understood = 0;
        for (var index = 0; index < SeedPackets.Entries.Length; index++)
        {
            var bytes = SeedPackets.Bytes(index);
            if (bytes.Length > 1 && bytes.Length == bytes[1] + 2 && Compare(bytes[0], bytes[2..], SeedPackets.Entries[index].Version, bug: 0) is { } finding)
                finding.ToString().ShouldBeEmpty();
            if (bytes.Length > 1 && new NaiveDecoder(SeedPackets.Entries[index].Version).Decode(bytes[0], bytes[2..]) is not null) understood++;
        }

        understood.ShouldBeGreaterThan(30);
    }

    [Fact]
    public void EveryPrefixOfEveryEntryMeansWhatTheOracleSays()
    {
        for (var index = 0; index < SeedPackets.Entries.Length; index++)
        {
            var bytes = SeedPackets.Bytes(index);
            for (var length = 2; length <= bytes.Length; length++)
                Compare(bytes[0], bytes[2..length], SeedPackets.Entries[index].Version, bug: 0).ShouldBeNull();
        }
    }

    /// <summary>Bodies of one packet, changed a little, now and then read in the wrong version.</summary>
    internal static Finding? Play(int rounds, Func<MqttVersion, NaiveDecoder> oracle) => Campaign.Run(rounds, random =>
    {
        var index = random.Next(SeedPackets.Entries.Length);
        var version = random.Next(5) == 0 ? (MqttVersion)random.Next(4, 6) : SeedPackets.Entries[index].Version;
        var bytes = SeedPackets.Bytes(index);
        var body = Mutator.Mutate(bytes[2..], random);
        var header = bytes[0] >> 4 == 3 ? (byte)(0x30 | random.Next(16)) : bytes[0];
        return Compare(header, body, version, oracle(version));
    });

    private static Finding? Compare(byte header, byte[] body, MqttVersion version, int bug) => Compare(header, body, version, new NaiveDecoder(version, bug));

    private static Finding? Compare(byte header, byte[] body, MqttVersion version, NaiveDecoder oracle)
    {
        byte[] input = [header, .. body];
        var expected = oracle.Decode(header, body);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var packet = UnderTest.Read(header, body, version);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > (64 * 1024) + (64 * body.Length)) return new Finding($"{allocated} bytes were allocated", input);
        var actual = packet is null ? null : Summary.Of(packet);
        if (actual != expected) return new Finding($"{version}: expected {expected ?? "a violation"}; got {actual ?? "a violation"}", input);
        if (packet is null) return null;

        var written = UnderTest.Write(packet, version);
        var again = UnderTest.Read(written.Header, written.Body, version);
        return again is not null && Summary.Of(again) == actual ? null : new Finding($"{version}: {actual} was written as something else", input);
    }
}
