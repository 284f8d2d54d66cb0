using System.Buffers;
using System.Text;
using SmartCommunity.Events.Batches;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Tests.Support;
using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Events.Tests.Batches;

public sealed class EventBatchCodecTests
{
    // What version 1 looks like on disk. Journals that were written with it must stay readable for good: never change this, add a version.
    private const string Golden =
        "01" + "01" + "00e8b1c09e010000" // version, with a dead letter, received
        + "01" + "05" + "63616d2d31" // devices: cam-1
        + "01" + "0b" + "74656d7065726174757265" // metrics: temperature
        + "01" + "00" + "00" + "cf0f" + "0000000000803540" // samples: cam-1, temperature, −1000 ms, 21.5
        + "01" + "07" + "00" + "01" + "01" + "d00f" + "02" + "6531" // events: flags, cam-1, falling-object, start, +1000 ms, e1
        + "000000000000e03f" + "07" + "7b2261223a317d" // confidence 0.5, {"a":1}
        + "01" + "0a" + "696d6167652f6a706567" + "03" + "753a31" // evidence: image/jpeg, u:1
        + "00" + "01" + "74" + "02" + "00ff" + "00" + "03" + "776879"; // dead letter: no publisher, t, 00 ff, no decoder, why

    private static EventBatch GoldenBatch
    {
        get
        {
            var received = DateTimeOffset.FromUnixTimeMilliseconds(BitConverter.ToInt64(Convert.FromHexString("00e8b1c09e010000")));
            return new()
            {
                ReceivedAt = received,
                Samples = [new(DeviceId.Parse("cam-1"), "temperature", received.AddSeconds(-1), 21.5)],
                Events =
                [
                    new()
                    {
                        Id = "e1", Device = DeviceId.Parse("cam-1"), Kind = EventKind.FallingObject, Phase = EventPhase.Start, Time = received.AddSeconds(1), TimeIsReceipt = true,
                        Confidence = 0.5, Data = EventData.Parse("""{"a":1}"""), Evidence = [new("image/jpeg", "u:1")],
                    },
                ],
                DeadLetter = new("t", new byte[] { 0, 255 }, null, "", "why"),
            };
        }
    }

    [Fact]
    public void Version_1_has_these_bytes()
    {
        Convert.ToHexStringLower(EventBatchCodec.ToArray(GoldenBatch)).ShouldBe(Golden);
        ShouldBeEqual(EventBatchCodec.Read(Convert.FromHexString(Golden)), GoldenBatch);
    }

    [Fact]
    public void What_is_written_reads_back_the_same()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var batch = AnyBatch.Draw(new Random(seed));
            ShouldBeEqual(EventBatchCodec.Read(EventBatchCodec.ToArray(batch)), batch, $"seed {seed}");
        }
    }

    [Fact]
    public void Every_prefix_and_every_longer_text_is_refused()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var bytes = EventBatchCodec.ToArray(AnyBatch.Draw(new Random(seed)));
            for (var length = 0; length < bytes.Length; length++)
            {
                Should.Throw<EventFormatException>(() => EventBatchCodec.Read(bytes.AsSpan(0, length)), $"seed {seed}, length {length}");
            }

            Should.Throw<EventFormatException>(() => EventBatchCodec.Read([.. bytes, 0]));
        }
    }

    [Fact]
    public void Damage_is_refused_or_read_but_never_another_exception()
    {
        var random = new Random(3);
        for (var seed = 0; seed < 400; seed++)
        {
            var bytes = EventBatchCodec.ToArray(AnyBatch.Draw(new Random(seed)));
            for (var i = 0; i < 20; i++)
            {
                var damaged = bytes.ToArray();
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                try
                {
                    EventBatchCodec.Read(damaged);
                }
                catch (EventFormatException)
                {
                    // Refused, as it should be where the damage shows.
                }
            }
        }
    }

    [Theory]
    [InlineData("02", "version")]
    [InlineData("0102", "content flags")]
    [InlineData("0100ffffffffffffff7f", "time of receipt")]
    [InlineData("01000000000000000000ffffff7f", "list is longer")]
    [InlineData("010000000000000000000103612f61", "not have")]
    [InlineData("01000000000000000000" + "0102c328", "UTF-8")]
    [InlineData("01000000000000000000" + "ffffffffffffffffffff01", "64 bits")]
    [InlineData("01000000000000000000" + "0000" + "01000000" + "0000000000000000", "outside its table")]
    [InlineData("01000000000000000000" + "010161" + "00" + "00" + "0100000000", "kind is not known")]
    [InlineData("01000000000000000000" + "010161" + "00" + "00" + "0100000d03", "phase is not known")]
    public void Each_kind_of_damage_says_what_it_is(string hex, string what) =>
        Should.Throw<EventFormatException>(() => EventBatchCodec.Read(Convert.FromHexString(hex))).Message.ShouldContain(what);

    [Fact]
    public void Whom_a_batch_speaks_for_is_read_without_the_rest()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var batch = AnyBatch.Draw(new Random(seed));
            var devices = new List<DeviceId>();
            EventBatchCodec.Peek(EventBatchCodec.ToArray(batch), devices, out var hasDeadLetter);
            devices.ShouldBe(batch.Samples.Select(sample => sample.Device).Concat(batch.Events.Select(item => item.Device)).Distinct(), ignoreOrder: true, $"seed {seed}");
            hasDeadLetter.ShouldBe(batch.DeadLetter is not null, $"seed {seed}");
        }
    }

    [Fact]
    public void A_large_text_needs_no_large_first_buffer()
    {
        var writer = new SmallBuffers();
        var batch = GoldenBatch with { DeadLetter = new("t", new byte[5000], null, "", new string('é', 4000)) };
        EventBatchCodec.Write(writer, batch);
        ShouldBeEqual(EventBatchCodec.Read(writer.Written), batch);
    }

    internal static void ShouldBeEqual(EventBatch actual, EventBatch expected, string? message = null)
    {
        actual.ReceivedAt.ShouldBe(expected.ReceivedAt, message);
        actual.Samples.ShouldBe(expected.Samples, message);
        actual.Events.Select(Flat).ShouldBe(expected.Events.Select(Flat), message);
        actual.Events.Select(item => item.Data).ShouldBe(expected.Events.Select(item => item.Data), message);
        (actual.DeadLetter is null).ShouldBe(expected.DeadLetter is null, message);
        if (expected.DeadLetter is { } letter)
        {
            (actual.DeadLetter! with { Payload = default }).ShouldBe(letter with { Payload = default }, message);
            actual.DeadLetter.Payload.ToArray().ShouldBe(letter.Payload.ToArray(), message);
        }
    }

    private static string Flat(CommunityEvent item) => new StringBuilder()
        .Append(item.Id).Append('|').Append(item.Device).Append('|').Append(item.Kind).Append('|').Append(item.Phase).Append('|').Append(item.Time.ToUnixTimeMilliseconds())
        .Append('|').Append(item.TimeIsReceipt).Append(item.Historical).Append('|').Append(item.Confidence?.ToString("R", System.Globalization.CultureInfo.InvariantCulture))
        .Append('|').AppendJoin(';', item.Evidence).ToString();

    /// <summary>Hands out what is asked for and not a byte more.</summary>
    private sealed class SmallBuffers : IBufferWriter<byte>
    {
        private readonly List<byte> _written = [];
        private byte[] _current = [];

        public byte[] Written => [.. _written];

        public void Advance(int count) => _written.AddRange(_current.AsSpan(0, count));

        public Memory<byte> GetMemory(int sizeHint = 0) => _current = new byte[Math.Max(sizeHint, 1)];

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
