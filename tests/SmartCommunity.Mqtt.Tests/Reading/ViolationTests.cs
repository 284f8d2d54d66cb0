using SmartCommunity.Mqtt.Framing;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Tests.Reading;

/// <summary>Every way in which the body of a packet can break the protocol: reason code and statement.</summary>
public sealed class ViolationTests
{
    private const ReasonCode Malformed = ReasonCode.MalformedPacket;
    private const ReasonCode Protocol = ReasonCode.ProtocolError;

    [Theory]
    [InlineData("0004 4D515455 04 02 0000 0000", ReasonCode.UnsupportedProtocolVersion, "MQTT-3.1.2-1")]
    [InlineData("0006 4D5149736470 03 02 0000 0000", ReasonCode.ClientIdentifierNotValid, "3.1: 3.1")]
    [InlineData("0006 4D5149736470 04 02 0000 0000", ReasonCode.UnsupportedProtocolVersion, "MQTT-3.1.2-2")]
    [InlineData("0004 4D515454 04 02 0000 0003 610162", Malformed, "1.5.4")]
    [InlineData("0004 4D515454 04 02 0000 0002 C29F", Malformed, "1.5.4")]
    [InlineData("0004 4D515454 05 02 0000 24 0000", Malformed, "2.2.2.1")]
    [InlineData("0004 4D515454 05 82 0000 00 0001 63 0001 75 00", Malformed, "MQTT-3.1.2-18")]
    [InlineData("0004 4D515454 06 02 0000 0000", ReasonCode.UnsupportedProtocolVersion, "MQTT-3.1.2-2")]
    [InlineData("0004 4D515454 04 03 0000 0000", Malformed, "MQTT-3.1.2-3")]
    [InlineData("0004 4D515454 04 1E 0000 0000 0001 74 0000", Malformed, "MQTT-3.1.2-12")]
    [InlineData("0004 4D515454 04 0A 0000 0000", Malformed, "MQTT-3.1.2-11")]
    [InlineData("0004 4D515454 04 22 0000 0000", Malformed, "MQTT-3.1.2-13")]
    [InlineData("0004 4D515454 04 42 0000 0000 0000", Malformed, "3.1.1: MQTT-3.1.2-22")]
    [InlineData("0004 4D515454 04 06 0000 0000 0001 23 0000", Malformed, "MQTT-3.3.2-2")]
    [InlineData("0004 4D515454 04 06 0000 0000 0000 0000", Malformed, "MQTT-4.7.3-1")]
    [InlineData("0004 4D515454 04 02 0000 0002 C0AF", Malformed, "MQTT-1.5.4-1")]
    [InlineData("0004 4D515454 04 02 0000 0003 EDA080", Malformed, "MQTT-1.5.4-1")]
    [InlineData("0004 4D515454 04 02 0000 0001 00", Malformed, "MQTT-1.5.4-2")]
    [InlineData("0004 4D515454 04 02 0000 0000 00", Malformed, "MQTT-3.1.2-16")]
    [InlineData("0004 4D515454 05 02 0000 03 210000 0000", Protocol, "2.2.2.2")]
    [InlineData("0004 4D515454 05 02 0000 05 2700000000 0000", Protocol, "2.2.2.2")]
    [InlineData("0004 4D515454 05 02 0000 06 210001 210001 0000", Protocol, "2.2.2.2")]
    [InlineData("0004 4D515454 05 02 0000 02 1702 0000", Protocol, "2.2.2.2")]
    [InlineData("0004 4D515454 05 02 0000 02 0101 0000", Protocol, "2.2.2.2")]
    [InlineData("0004 4D515454 05 02 0000 02 7F01 0000", Malformed, "2.2.2.2")]
    [InlineData("0004 4D515454 05 02 0000 04 16000101 0000", Protocol, "3.1.2.11.10")]
    [InlineData("0004 4D515454 05 02 0000 09 21", Malformed, "2.2.2.1")]
    public void Connect(string body, ReasonCode reason, string statement) => Expect(0x10, body, MqttVersion.V500, reason, statement);

    [Theory]
    [InlineData(0x36, "0001 74 0001", Malformed, "MQTT-3.3.1-4")]
    [InlineData(0x38, "0001 74", Malformed, "MQTT-3.3.1-2")]
    [InlineData(0x32, "0001 74 0000 00", Protocol, "MQTT-2.2.1-3")]
    [InlineData(0x30, "0003 612F2B 00", Malformed, "MQTT-3.3.2-2")]
    [InlineData(0x30, "0003 612F23 00", Malformed, "MQTT-3.3.2-2")]
    [InlineData(0x30, "0000 00", Protocol, "3.3.2.1")]
    [InlineData(0x30, "0001 74 03 230000", ReasonCode.TopicAliasInvalid, "MQTT-3.3.2-8")]
    [InlineData(0x30, "0001 74 02 0B00", Protocol, "2.2.2.2")]
    [InlineData(0x30, "0001 74 05 0800022B2F", Protocol, "MQTT-3.3.2-14")]
    [InlineData(0x30, "0001 74 05 1100000001", Protocol, "2.2.2.2")]
    [InlineData(0x30, "0001 74 04 0101 0101", Protocol, "2.2.2.2")]
    [InlineData(0x30, "0001 74 01 01", Malformed, "2.2.2.1")]
    [InlineData(0x30, "0001 74 02 0300", Malformed, "2.2.2.1")]
    [InlineData(0x30, "0001 FF 00", Malformed, "MQTT-1.5.4-1")]
    [InlineData(0x30, "0005 74", Malformed, "2.1.4")]
    public void Publish(byte header, string body, ReasonCode reason, string statement) => Expect(header, body, MqttVersion.V500, reason, statement);

    [Theory]
    [InlineData("0001 00", Protocol, "MQTT-3.8.3-2")]
    [InlineData("0000 00 0001 61 00", Malformed, "MQTT-2.2.1-3")]
    [InlineData("0001 00 0001 61 03", Malformed, "3.8.3.1")]
    [InlineData("0001 00 0001 61 30", Protocol, "3.8.3.1")]
    [InlineData("0001 00 0001 61 40", Malformed, "MQTT-3.8.3-5")]
    [InlineData("0001 00 0000 00", Malformed, "MQTT-4.7.3-1")]
    [InlineData("0001 00 0003 2361 61 00", Malformed, "MQTT-4.7.1-1")]
    [InlineData("0001 00 0002 612B 00", Malformed, "MQTT-4.7.1-2")]
    [InlineData("0001 00 000A 2473686172652F672F61 04", Protocol, "MQTT-3.8.3-4")]
    [InlineData("0001 00 0009 2473686172652F2F61 00", Protocol, "MQTT-4.8.2-1")]
    [InlineData("0001 00 000A 2473686172652F2B2F61 00", Protocol, "MQTT-4.8.2-2")]
    [InlineData("0001 02 0B00 0001 61 00", Protocol, "2.2.2.2")]
    [InlineData("0001 04 0B01 0B02 0001 61 00", Protocol, "2.2.2.2")]
    public void Subscribe(string body, ReasonCode reason, string statement) => Expect(0x82, body, MqttVersion.V500, reason, statement);

    [Theory]
    [InlineData(0x20, "02 00 00", Malformed, "MQTT-3.2.2-1")]
    [InlineData(0x20, "01 87 00", Protocol, "MQTT-3.2.2-6")]
    [InlineData(0x20, "00 01 00", Protocol, "MQTT-3.2.2-8")]
    [InlineData(0x40, "0000", Protocol, "MQTT-2.2.1-3")]
    [InlineData(0x40, "0001 92", Protocol, "MQTT-3.4.2-1")]
    [InlineData(0x40, "0001 00 00 00", Malformed, "2.1.4")]
    [InlineData(0x62, "0001 87", Protocol, "MQTT-3.6.2-1")]
    [InlineData(0x90, "0001 00", Malformed, "3.9.3")]
    [InlineData(0x90, "0001 00 03", Protocol, "MQTT-3.9.3-2")]
    [InlineData(0xA2, "0001 00", Protocol, "MQTT-3.10.3-2")]
    [InlineData(0xB0, "0001 00", Malformed, "3.9.3")]
    [InlineData(0xC0, "00", Malformed, "3.12.1")]
    [InlineData(0xE0, "01", Protocol, "MQTT-3.14.2-1")]
    [InlineData(0xF0, "18 00", Protocol, "3.15.2.2.2")]
    [InlineData(0xF0, "18", Malformed, "3.15.2.2")]
    public void Others(byte header, string body, ReasonCode reason, string statement) => Expect(header, body, MqttVersion.V500, reason, statement);

    [Theory]
    [InlineData(0x20, "00 06", "3.1.1: 3.2.2.3")]
    [InlineData(0x30, "0000", "MQTT-4.7.3-1")]
    [InlineData(0x40, "0001 00", "2.1.4")]
    [InlineData(0x82, "0001 0001 61 04", "MQTT-3.8.3-5")]
    [InlineData(0x90, "0001 87", "3.1.1: MQTT-3.9.3-2")]
    [InlineData(0xB0, "0001 00", "2.1.4")]
    [InlineData(0xE0, "00", "2.1.4")]
    [InlineData(0xF0, "", "2.1.2")]
    public void Version311IsStricter(byte header, string body, string statement) => Expect(header, body, MqttVersion.V311, Malformed, statement);

    [Fact]
    public void LimitsBeyondTheProtocolAreQuotas()
    {
        var limits = new ReadLimits { MaxTopicLevels = 2, MaxTopicBytes = 6, MaxUserProperties = 2, MaxUserPropertyBytes = 4, MaxFiltersPerPacket = 1 };
        Expect(0x30, "0007 61616161616161 00", MqttVersion.V500, ReasonCode.QuotaExceeded, "4.7.3", limits);
        Expect(0x30, "0001 74 0A 26 0002 6161 0003 616161", MqttVersion.V500, ReasonCode.QuotaExceeded, "2.2.2.2", limits);
        Expect(0x30, "0005 612F612F61 00", MqttVersion.V500, ReasonCode.QuotaExceeded, "4.7.3", limits);
        Expect(0x82, "0001 00 0005 612F612F61 00", MqttVersion.V500, ReasonCode.QuotaExceeded, "4.7.3", limits);
        Expect(0x82, "0001 00 0001 61 00 0001 62 00", MqttVersion.V500, ReasonCode.QuotaExceeded, "3.8.3", limits);
        Expect(0x30, "0001 74 0F 2600000000 2600000000 2600000000", MqttVersion.V500, ReasonCode.QuotaExceeded, "2.2.2.2", limits);
    }

    private static void Expect(byte header, string body, MqttVersion version, ReasonCode reason, string statement, ReadLimits? limits = null)
    {
        var bytes = Corpus.Hex(body);
        var violation = Should.Throw<MqttProtocolException>(() => Corpus.Read(new Frame(header, bytes, bytes.Length + 2), version, limits));
        (violation.Reason, violation.Statement).ShouldBe((reason, statement), violation.Message);
    }
}
