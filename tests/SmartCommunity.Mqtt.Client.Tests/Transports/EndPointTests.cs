namespace SmartCommunity.Mqtt.Client.Tests.Transports;

public sealed class EndPointTests
{
    [Theory]
    [InlineData("mqtt://broker", MqttTransport.Tcp, "broker", 1883, "mqtt://broker:1883")]
    [InlineData("mqtts://broker:9999", MqttTransport.Tls, "broker", 9999, "mqtts://broker:9999")]
    [InlineData("mqtts://[::1]", MqttTransport.Tls, "::1", 8883, "mqtts://[::1]:8883")]
    [InlineData("ws://10.0.0.1:8080", MqttTransport.WebSocket, "10.0.0.1", 8080, "ws://10.0.0.1:8080/mqtt")]
    [InlineData("wss://broker/a/b?c=d", MqttTransport.SecureWebSocket, "broker", 443, "wss://broker:443/a/b?c=d")]
    public void An_address_says_how_and_where(string text, MqttTransport transport, string host, int port, string written)
    {
        var endPoint = MqttEndPoint.Parse(text);
        (endPoint.Transport, endPoint.Host, endPoint.Port).ShouldBe((transport, host, port));
        endPoint.ToString().ShouldBe(written);
        MqttEndPoint.Parse(written).ShouldBe(endPoint);
    }

    [Theory]
    [InlineData(null, "no address")]
    [InlineData("", "no address")]
    [InlineData("broker:1883", "no address")]
    [InlineData("/var/run/x", "no address")]
    [InlineData("http://broker", "'http' is no way")]
    [InlineData("mqtt://broker:0", "port 0")]
    [InlineData("mqtt://broker:70000", "no address")]
    [InlineData("mqtt://user:secret@broker", "on their own")]
    [InlineData("mqtt://broker/path", "path")]
    public void What_is_no_address_is_told_why(string? text, string why)
    {
        MqttEndPoint.TryParse(text, out _, out var error).ShouldBeFalse();
        error.ShouldContain(why);
        error.ShouldNotContain("secret");
    }

    [Fact]
    public void Host_and_port_are_those_of_the_end_point()
    {
        var options = new MqttClientOptions { Host = "broker", Port = 7 };
        options.EndPoint.ShouldBe(new MqttEndPoint(MqttTransport.Tcp, "broker", 7));
        (options with { EndPoint = MqttEndPoint.Parse("ws://other") }).Port.ShouldBe(80);
    }
}
