using SmartCommunity.EndToEnd.Tests.RealClients.Support;
using SmartCommunity.EndToEnd.Tests.Support;
using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.EndToEnd.Tests.RealClients;

/// <summary>What mosquitto's clients send each other through the endpoint, on topics of a device.</summary>
[Collection(WithRealClients.Name)]
public sealed class MosquittoMessageTests(RealClientHost host)
{
    private const string Device = "air-b4-lobby";

    [MosquittoTheory]
    [MemberData(nameof(Mosquitto.Ways), MemberType = typeof(Mosquitto))]
    public async Task Each_qos_arrives_as_the_lower_of_both(Transport transport, int version)
    {
        var device = Mosquitto.Of(host, Device, transport, version);
        var topic = NewTopic();
        foreach (var (subscribed, expected) in (IEnumerable<(string, string)>)[("0", "000"), ("1", "011"), ("2", "012")])
        {
            await using var listener = await device.ListenAsync("-q", subscribed, "-t", topic, "-F", "heard %q %p");
            foreach (var qos in (string[])["0", "1", "2"])
            {
                await device.SayAsync("-q", qos, "-t", topic, "-m", $"at {qos}");
                await listener.LineAsync($"heard {expected[qos[0] - '0']} at {qos}");
            }
        }
    }

    [MosquittoTheory]
    [MemberData(nameof(Mosquitto.Versions), MemberType = typeof(Mosquitto))]
    public async Task What_is_retained_comes_until_it_is_cleared(int version)
    {
        var device = Mosquitto.Of(host, Device, version: version);
        var topic = NewTopic();
        await device.SayAsync("-q", "1", "-r", "-t", topic, "-m", "first");
        await device.SayAsync("-q", "1", "-r", "-t", topic, "-m", "second");
        (await device.SubscribeAsync("-q", "1", "-t", topic, "-C", "1", "-F", "%r %p")).Said.Trim().ShouldBe("1 second");

        await device.SayAsync("-q", "1", "-r", "-t", topic, "-n");
        await using var listener = await device.ListenAsync("-q", "1", "-t", topic, "-F", "heard %r %p");
        await device.SayAsync("-q", "1", "-t", topic, "-m", "marker");
        (await listener.LineAsync("heard ")).ShouldBe("heard 0 marker");
    }

    [MosquittoTheory]
    [MemberData(nameof(Mosquitto.Versions), MemberType = typeof(Mosquitto))]
    public async Task A_will_is_published_when_its_client_vanishes(int version)
    {
        var device = Mosquitto.Of(host, Device, version: version);
        var topic = NewTopic();
        await using var listener = await device.ListenAsync("-q", "1", "-t", topic, "-F", "heard %p");

        // Whoever says goodbye has no will any more.
        await device.SayAsync("-q", "1", "-t", $"{topic}/nothing", "-m", "x", "--will-topic", topic, "--will-payload", "left in order");
        await using var vanishing = await device.ListenAsync("-t", $"{topic}/nothing", "--will-topic", topic, "--will-payload", "gone", "--will-qos", "1");
        await vanishing.KillAsync();
        (await listener.LineAsync("heard ")).ShouldBe("heard gone");
    }

    [MosquittoTheory]
    [MemberData(nameof(Mosquitto.Versions), MemberType = typeof(Mosquitto))]
    public async Task A_lasting_session_gets_what_it_missed(int version)
    {
        var device = Mosquitto.Of(host, Device, version: version);
        var topic = NewTopic();
        string[] lasting = ["-i", $"lasting-{host.NextNumber()}", "-c", "-q", "2", "-t", topic, .. version == 5 ? ["-x", "600"] : Array.Empty<string>()];
        (await device.SubscribeAsync([.. lasting, "-E"])).ExitCode.ShouldBe(0);
        foreach (var qos in (string[])["1", "2"]) await device.SayAsync("-q", qos, "-t", topic, "-m", $"missed {qos}");
        var (exitCode, said) = await device.SubscribeAsync([.. lasting, "-C", "2", "-F", "%q %p"]);
        exitCode.ShouldBe(0, said);
        said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ShouldBe(["1 missed 1", "2 missed 2"]);
    }

    [MosquittoTheory]
    [InlineData(Transport.Tcp)]
    [InlineData(Transport.Tls)]
    public async Task Properties_arrive_as_they_were_sent(Transport transport)
    {
        var device = Mosquitto.Of(host, Device, transport);
        var topic = NewTopic();
        await using var listener = await device.ListenAsync(
            "-q", "1", "-t", topic, "-D", "SUBSCRIBE", "subscription-identifier", "7", "-F", "heard %C|%D|%E|%F|%P|%R|%S|%p");
        await device.SayAsync(
            "-q", "1", "-t", topic, "-m", "21.5", "-D", "PUBLISH", "content-type", "text/plain", "-D", "PUBLISH", "correlation-data", "abc",
            "-D", "PUBLISH", "message-expiry-interval", "100", "-D", "PUBLISH", "payload-format-indicator", "1", "-D", "PUBLISH", "response-topic", "sc/v1/x/y",
            "-D", "PUBLISH", "user-property", "unit", "°C");
        var heard = (await listener.LineAsync("heard ")).Split('|');
        heard.ShouldBe(["heard text/plain", "abc", heard[2], "1", "unit:°C", "sc/v1/x/y", "7", "21.5"]);
        int.Parse(heard[2], System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(1, 100);
    }

    [MosquittoTheory]
    [InlineData(Transport.Tcp)]
    public async Task A_topic_alias_stands_for_its_topic(Transport transport)
    {
        var device = Mosquitto.Of(host, Device, transport);
        var topic = NewTopic();
        await using var listener = await device.ListenAsync("-q", "1", "-t", topic, "-F", "heard %t %p");
        await device.SayAsync("-q", "1", "-t", topic, "-m", "again", "--repeat", "3", "-D", "PUBLISH", "topic-alias", "3");
        for (var n = 0; n < 3; n++) (await listener.LineAsync("heard ")).ShouldBe($"heard {topic} again");
    }

    [MosquittoTheory]
    [InlineData(Transport.Tcp)]
    [InlineData(Transport.Tls)]
    public async Task A_request_gets_its_response(Transport transport)
    {
        var (question, answer) = (NewTopic(), NewTopic());
        await using var responder = await host.ConnectAsync(Device, host.Token(Device));
        await responder.SubscribeAsync(question);
        var asking = Mosquitto.Of(host, Device, transport).AskAsync("-q", "1", "-t", question, "-e", answer, "-m", "how warm?", "-W", "60");
        var request = await responder.Messages.ReadAsync().AsTask().WaitAsync(Eventually.Patience);
        request.Properties.ShouldNotBeNull().ResponseTopic.ShouldBe(answer);
        await responder.PublishAsync(new(TopicName.Create(answer), "21.5"u8.ToArray(), Properties: new() { CorrelationData = request.Properties.CorrelationData }));
        var (exitCode, said) = await asking;
        exitCode.ShouldBe(0, said);
        said.Trim().ShouldBe("21.5");
    }

    private string NewTopic() => $"sc/v1/{Device}/talk/{host.NextNumber()}";
}
