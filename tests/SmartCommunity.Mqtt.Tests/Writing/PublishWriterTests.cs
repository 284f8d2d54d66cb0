using System.Buffers;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Writing;

namespace SmartCommunity.Mqtt.Tests.Writing;

public sealed class PublishWriterTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(120)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(16_384)]
    [InlineData(2_097_152)]
    public void SizesAroundTheLengthBytesComeBack(int payloadSize)
    {
        var payload = new byte[payloadSize];
        new Random(payloadSize).NextBytes(payload);
        foreach (var version in new[] { MqttVersion.V311, MqttVersion.V500 })
        {
            var output = new ArrayBufferWriter<byte>();
            var publish = new OutgoingPublish { Topic = "sc/v1/d"u8, Payload = payload, Qos = QualityOfService.AtLeastOnce, PacketId = 513 };
            var size = PacketWriter.Write(output, version, publish);
            size.ShouldBe(output.WrittenCount);

            var read = (PublishPacket)Corpus.Read(output.WrittenSpan.ToArray(), version);
            read.Topic!.Text.ShouldBe("sc/v1/d");
            read.PacketId.ShouldBe((ushort)513);
            read.Payload.Span.SequenceEqual(payload).ShouldBeTrue();

            PacketWriter.Write(new ArrayBufferWriter<byte>(), version, publish, size).ShouldBe(size, "a packet as large as the limit goes");
            var none = new ArrayBufferWriter<byte>();
            PacketWriter.Write(none, version, publish, size - 1).ShouldBe(0);
            none.WrittenCount.ShouldBe(0);
        }
    }

    [Fact]
    public void PropertiesStayAwayFromMqtt311()
    {
        var publish = new OutgoingPublish { Topic = "t"u8, TopicAlias = 3, Properties = new PublishProperties { ContentType = "x" } };
        var output = new ArrayBufferWriter<byte>();
        PacketWriter.Write(output, MqttVersion.V311, publish);
        Convert.ToHexString(output.WrittenSpan).ShouldBe("3003000174");
    }

    [Fact]
    public void TextsThatMqttCanNotCarryAreRefusedBeforeAByteIsWritten()
    {
        foreach (var text in new[] { "a\0b", "a\uD800", new string('a', 65_536) })
        {
            var output = new ArrayBufferWriter<byte>();
            Should.Throw<ArgumentException>(() => PacketWriter.Write(output, new ConnectPacket { ClientId = text }));
            output.WrittenCount.ShouldBe(0);
        }
    }
}
