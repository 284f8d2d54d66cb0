using SmartCommunity.Mqtt.Framing;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Tests.Reading;

/// <summary>Damaged packets: a reader either understands them or refuses them, and what it understands survives a round trip.</summary>
public sealed class MutationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(20261120)]
    public void AReaderThrowsNothingButViolations(int seed)
    {
        var random = new Random(seed);
        var understood = 0;
        for (var round = 0; round < 60_000; round++)
        {
            var entry = Corpus.Entries[random.Next(Corpus.Entries.Length)];
            var bytes = Mutate(Corpus.Hex(entry.Hex), random);
            var version = random.Next(4) == 0 ? (MqttVersion)(9 - (int)entry.Version) : entry.Version;
            try
            {
                var frame = new Frame(bytes[0], bytes.AsMemory(2), bytes.Length);
                if (frame.Type == default) continue;
                var packet = Corpus.Read(frame, version);
                var again = Corpus.Read(Corpus.Write(packet, version), version);
                Corpus.Describe(again).ShouldBe(Corpus.Describe(packet));
                understood++;
            }
            catch (MqttProtocolException)
            {
                // Refused, as it should be.
            }
            catch (Exception other)
            {
                throw new InvalidOperationException($"seed {seed}, round {round}, {entry.Name}: {Convert.ToHexString(bytes)}", other);
            }
        }

        understood.ShouldBeGreaterThan(1_000, "the mutations must leave some packets whole, or nothing is tested");
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        var list = bytes.ToList();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(2, list.Count + 1);
            switch (random.Next(4))
            {
                case 0 when at < list.Count: list[at] ^= (byte)(1 << random.Next(8)); break;
                case 1 when at < list.Count: list[at] = (byte)random.Next(256); break;
                case 2 when at < list.Count: list.RemoveAt(at); break;
                default: list.Insert(at, (byte)random.Next(256)); break;
            }
        }

        return [.. list];
    }
}
