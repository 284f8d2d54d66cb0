using System.Net;
using SmartCommunity.Host.Configuration;

namespace SmartCommunity.Host.Tests.Configuration;

public sealed class HostSettingsTests
{
    [Theory]
    [InlineData("127.0.0.1:8080", "127.0.0.1", 8080)]
    [InlineData("0.0.0.0:1883", "0.0.0.0", 1883)]
    [InlineData("localhost:80", "127.0.0.1", 80)]
    [InlineData("LOCALHOST:0", "127.0.0.1", 0)]
    [InlineData("[::1]:65535", "::1", 65535)]
    [InlineData("[::]:1883", "::", 1883)]
    public void Reads_address_and_port(string text, string address, int port) =>
        HostSettings.ParseEndPoint("http", text).ShouldBe(new IPEndPoint(IPAddress.Parse(address), port));

    [Theory]
    [InlineData("")]
    [InlineData("8080")]
    [InlineData(":8080")]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:-1")]
    [InlineData("example.org:80")]
    [InlineData("http://127.0.0.1:80")]
    [InlineData("::1")]
    [InlineData("[::1]")]
    [InlineData("my-localhost:80")]
    public void Names_option_and_value_of_what_is_no_address_and_port(string text)
    {
        var refusal = Should.Throw<StartException>(() => HostSettings.ParseEndPoint("mqtt", text));
        refusal.Message.ShouldContain("--mqtt");
        refusal.Message.ShouldContain($"'{text}'");
    }

    [Theory]
    [InlineData("127.0.0.1:1883", "127.0.0.1:1883")]
    [InlineData("127.0.0.1:1883, [::1]:1883", "127.0.0.1:1883 [::1]:1883")]
    [InlineData("0.0.0.0:1883,[::]:1883", "[::]:1883")]
    [InlineData("[::]:1883,0.0.0.0:1884", "[::]:1883 0.0.0.0:1884")]
    [InlineData("127.0.0.1:1883,127.0.0.1:1883", "127.0.0.1:1883")]
    [InlineData("127.0.0.1:0,127.0.0.1:0", "127.0.0.1:0 127.0.0.1:0")]
    [InlineData("0.0.0.0:0,[::]:0", "0.0.0.0:0 [::]:0")]
    public void Reads_several_addresses_and_none_twice(string text, string addresses) =>
        string.Join(' ', HostSettings.ParseEndPoints("mqtt", text)).ShouldBe(addresses);

    [Theory]
    [InlineData("127.0.0.1:1883,")]
    [InlineData("127.0.0.1:1883;127.0.0.1:1884")]
    public void One_bad_address_among_several_is_named(string text) =>
        Should.Throw<StartException>(() => HostSettings.ParseEndPoints("mqtt", text)).Message.ShouldContain("--mqtt");

    [Fact]
    public void By_default_only_this_machine_is_listened_to()
    {
        var settings = new HostSettings();
        IPAddress.IsLoopback(HostSettings.ParseEndPoint("http", settings.Http).Address).ShouldBeTrue();
        IPAddress.IsLoopback(HostSettings.ParseEndPoint("mqtt", settings.Mqtt).Address).ShouldBeTrue();
        settings.Mqtts.ShouldBeNull();
    }
}
