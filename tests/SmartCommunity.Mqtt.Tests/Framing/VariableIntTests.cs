using SmartCommunity.Mqtt.Framing;
using SmartCommunity.Mqtt.Protocol;

namespace SmartCommunity.Mqtt.Tests.Framing;

public sealed class VariableIntTests
{
    // MQTT 5.0 table 1-1.
    [Theory]
    [InlineData(0, "00")]
    [InlineData(127, "7F")]
    [InlineData(128, "8001")]
    [InlineData(16_383, "FF7F")]
    [InlineData(16_384, "808001")]
    [InlineData(2_097_151, "FFFF7F")]
    [InlineData(2_097_152, "80808001")]
    [InlineData(268_435_455, "FFFFFF7F")]
    public void ReadsAndWritesTheTableOfTheSpecification(int value, string hex)
    {
        var bytes = new byte[4];
        var written = VariableInt.Write(bytes, value);
        Convert.ToHexString(bytes.AsSpan(0, written)).ShouldBe(hex);
        VariableInt.Size(value).ShouldBe(written);

        VariableInt.TryRead(bytes, out var read, out var size).ShouldBeTrue();
        (read, size).ShouldBe((value, written));
        for (var prefix = 0; prefix < written; prefix++) VariableInt.TryRead(bytes.AsSpan(0, prefix), out _, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("8000")]
    [InlineData("FF00")]
    [InlineData("80808000")]
    [InlineData("80808080")]
    [InlineData("FFFFFFFF01")]
    public void RefusesLongForms(string hex)
    {
        var violation = Should.Throw<MqttProtocolException>(() => VariableInt.TryRead(Convert.FromHexString(hex), out _, out _));
        violation.Reason.ShouldBe(ReasonCode.MalformedPacket);
    }
}
