using System.Text;
using SmartCommunity.Events.Batches;
using SmartCommunity.Events.Ids;
using SmartCommunity.Gateway.Decoding;
using SmartCommunity.Gateway.Decoding.Native;
using static SmartCommunity.Gateway.Tests.Support.GatewayTesting;

namespace SmartCommunity.Gateway.Tests.Decoding;

public sealed class DeadLetterTests
{
    [Fact]
    public void Every_malformed_payload_is_a_dead_letter_with_its_reason_and_nothing_else()
    {
        var rows = MalformedPayloads.All().ToList();
        rows.Count.ShouldBeGreaterThanOrEqualTo(100);
        foreach (var (channel, payload, reason) in rows)
        {
            var what = $"{channel}: {Encoding.UTF8.GetString(payload)}";
            var batch = Decode(channel, payload);
            batch.Events.ShouldBeEmpty(what);
            batch.Samples.ShouldBeEmpty(what);
            var letter = batch.DeadLetter.ShouldNotBeNull(what);
            letter.Reason.ShouldContain(reason, Case.Sensitive, what);
            letter.Reason.ShouldEndWith(".", Case.Sensitive, what);
            letter.Reason.ShouldNotContain("\n", Case.Sensitive, what);
            letter.Payload.ToArray().ShouldBe(payload);
            EventBatchCodec.Read(EventBatchCodec.ToArray(batch)).DeadLetter!.Reason.ShouldBe(letter.Reason);
        }
    }

    [Fact]
    public void Random_bytes_and_mutations_of_good_messages_never_throw()
    {
        byte[][] seeds =
        [
            [.. """{"time":"2026-11-20T09:59:58.5Z","values":{"temperature":21.5,"humidity":"40"}}"""u8],
            [.. """[{"id":"e","kind":"smoke","time":1795168800000,"data":{"active":true},"evidence":[{"type":"t","uri":"u"}]}]"""u8],
        ];
        for (var seed = 1; seed <= 3000; seed++)
        {
            var random = new Random(seed);
            var payload = (byte[])seeds[seed % 2].Clone();
            for (var change = random.Next(1, 6); change > 0; change--)
                payload[random.Next(payload.Length)] = (byte)(random.Next(3) == 0 ? random.Next(256) : "\"{}[]:,0aeu\\"[random.Next(12)]);
            var channel = random.Next(2) == 0 ? "telemetry" : "event";
            var batch = Should.NotThrow(() => Decode(channel, payload[..random.Next(1, payload.Length + 1)]), $"seed {seed}");
            batch.IsEmpty.ShouldBeFalse($"seed {seed}");
            Should.NotThrow(() => EventBatchCodec.Read(EventBatchCodec.ToArray(batch)), $"seed {seed}");
        }
    }

    [Theory]
    [InlineData("d-2", "'d-2', but 'd-1' published it")]
    [InlineData("D-1", "'D-1', but 'd-1' published it")]
    [InlineData("", "'', but 'd-1' published it")]
    public void A_device_speaks_only_for_itself(string device, string reason)
        => Decode("event", """{"kind":"smoke"}""", device).DeadLetter.ShouldNotBeNull().Reason.ShouldContain(reason);

    [Fact]
    public void Other_software_does_not_speak_for_a_device()
    {
        var batch = Decode("event", """{"kind":"smoke"}""", publisher: null);
        batch.Events.ShouldBeEmpty();
        var letter = batch.DeadLetter.ShouldNotBeNull();
        letter.Reason.ShouldContain("no device published it");
        letter.Publisher.ShouldBeNull();
    }

    [Fact]
    public void A_topic_without_decoder_is_a_dead_letter_of_nobody()
    {
        foreach (var topic in new[] { "sc/v2/d-1/event", "sc/v1/d-1/event/x", "sc/v1/d-1/unknown", "zigbee2mqtt/x", "/" })
        {
            var letter = Registry.Decode(new DecodeInput(topic, "x"u8.ToArray(), Publisher: null, IsWill: false, ContentType: null, Now), new EventBatchBuilder()).DeadLetter;
            (letter!.Decoder, letter.Reason).ShouldBe(("", "no decoder is bound to this topic."));
        }
    }

    [Fact]
    public void A_payload_that_is_too_long_is_kept_in_part()
    {
        var options = new DecodingOptions { MaxPayloadBytes = 100, MaxDeadLetterBytes = 10 };
        var registry = new DecoderRegistry([new NativeDecoder(options)], options);
        var input = new DecodeInput("sc/v1/d/event", new byte[101], DeviceId.Parse("d"), IsWill: false, ContentType: null, Now);
        var letter = registry.Decode(input, new EventBatchBuilder()).DeadLetter.ShouldNotBeNull();
        letter.Reason.ShouldBe("the payload has 101 bytes; at most 100 are decoded.");
        letter.Payload.Length.ShouldBe(10);
    }

    [Fact]
    public void The_first_decoder_that_takes_a_topic_gets_it()
    {
        var registry = new DecoderRegistry([new Named("a", "x/+"), new Named("b", "x/1", "#")], new DecodingOptions());
        registry.Find("x/1")!.Name.ShouldBe("a");
        registry.Find("y")!.Name.ShouldBe("b");
        Should.Throw<ArgumentException>(() => new DecoderRegistry([new Named("a", "x/#/y")], new DecodingOptions())).Message.ShouldContain("x/#/y");
    }

    [Fact]
    public void A_builder_forgets_the_message_before()
    {
        var builder = new EventBatchBuilder();
        var bad = new DecodeInput("sc/v1/d/event", "x"u8.ToArray(), DeviceId.Parse("d"), IsWill: false, ContentType: null, Now);
        Registry.Decode(bad, builder).DeadLetter.ShouldNotBeNull();
        var batch = Registry.Decode(bad with { Payload = """{"kind":"fire"}"""u8.ToArray() }, builder);
        batch.DeadLetter.ShouldBeNull();
        batch.Events.Count.ShouldBe(1);
    }

    private sealed class Named(string name, params string[] filters) : IDecoder
    {
        public string Name => name;

        public IReadOnlyList<string> TopicFilters => filters;

        public void Decode(in DecodeInput input, EventBatchBuilder output) => output.Reject(name);
    }
}
