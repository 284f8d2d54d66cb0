using System.Buffers;
using SmartCommunity.Mqtt.Framing;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Tests.Framing;

public sealed class FrameReaderTests
{
    [Theory]
    [MemberData(nameof(Corpus.Names), MemberType = typeof(Corpus))]
    public void EveryPrefixNeedsMore(string name)
    {
        var (_, bytes) = Corpus.Get(name);
        for (var length = 0; length < bytes.Length; length++)
        {
            using var frames = new FrameReader(1024);
            var prefix = new ReadOnlySequence<byte>(bytes, 0, length);
            frames.Load(prefix);
            frames.TryRead(out _).ShouldBeFalse();
            frames.HasPartialFrame.ShouldBe(length > 0);
            prefix.Slice(frames.Consumed).Length.ShouldBe(length);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(100_000)]
    public void CutsTheSamePacketsHoweverTheyAreSegmented(int segmentSize)
    {
        var packets = Corpus.Entries.Select(e => Corpus.Hex(e.Hex)).ToArray();
        var tail = Corpus.Get("publish-qos1").Bytes.AsSpan(0, 5).ToArray();
        var sequence = Segments.Split(packets.SelectMany(p => p).Concat(tail).ToArray(), segmentSize);

        using var frames = new FrameReader(1024);
        frames.Load(sequence);
        foreach (var packet in packets)
        {
            frames.TryRead(out var frame).ShouldBeTrue();
            frame.Header.ShouldBe(packet[0]);
            frame.Size.ShouldBe(packet.Length);
            frame.Body.ToArray().ShouldBe(packet[2..]);
        }

        frames.TryRead(out _).ShouldBeFalse();
        frames.HasPartialFrame.ShouldBeTrue();
        sequence.Slice(frames.Consumed).ToArray().ShouldBe(tail);
    }

    [Fact]
    public void ConsumedMovesWithEachPacketAndTheRestIsReadOnTheNextLoad()
    {
        var bytes = Corpus.Get("pingreq").Bytes.Concat(Corpus.Get("publish-qos1").Bytes).ToArray();
        for (var split = 0; split <= bytes.Length; split++)
        {
            using var frames = new FrameReader(1024);
            var first = new ReadOnlySequence<byte>(bytes, 0, split);
            frames.Load(first);
            var read = 0;
            while (frames.TryRead(out _)) read++;
            var rest = first.Slice(frames.Consumed).ToArray().Concat(bytes[split..]).ToArray();

            frames.Load(new ReadOnlySequence<byte>(rest));
            while (frames.TryRead(out _)) read++;
            read.ShouldBe(2);
            frames.HasPartialFrame.ShouldBeFalse();
        }
    }

    [Fact]
    public void TheLimitIsCheckedBeforeTheBodyHasCome()
    {
        using var frames = new FrameReader(100);
        frames.Load(new ReadOnlySequence<byte>([0x30, 98]));
        frames.TryRead(out _).ShouldBeFalse("exactly 100 bytes are allowed");
        frames.Load(new ReadOnlySequence<byte>([0x30, 99]));
        Should.Throw<MqttProtocolException>(() => frames.TryRead(out _)).Reason.ShouldBe(ReasonCode.PacketTooLarge);

        frames.MaxPacketSize = 101;
        frames.TryRead(out _).ShouldBeFalse("the limit may be raised");
    }

    [Theory]
    [InlineData("11")]
    [InlineData("41")]
    [InlineData("60")]
    [InlineData("80")]
    [InlineData("A0")]
    [InlineData("A3")]
    [InlineData("C1")]
    [InlineData("E8")]
    [InlineData("C0 80 00")]
    [InlineData("C0 FF FF FF FF")]
    public void ReservedFlagsAndLengthsAreRefusedAtOnce(string hex) => Refused(hex, ReasonCode.MalformedPacket);

    [Theory]
    [InlineData("00")]
    [InlineData("0F")]
    [InlineData("21")]
    [InlineData("F2")]
    public void WhatNobodyShouldSendAtAllIsAProtocolError(string hex) => Refused(hex, ReasonCode.ProtocolError);

    private static void Refused(string hex, ReasonCode reason)
    {
        using var frames = new FrameReader(int.MaxValue);
        frames.Load(new ReadOnlySequence<byte>(Corpus.Hex(hex)));
        Should.Throw<MqttProtocolException>(() => frames.TryRead(out _)).Reason.ShouldBe(reason);
    }
}
