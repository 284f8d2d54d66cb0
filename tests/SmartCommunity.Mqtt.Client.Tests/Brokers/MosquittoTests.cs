using System.Globalization;
using SmartCommunity.Mqtt.Client.Reconnecting;
using SmartCommunity.Mqtt.Packets;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Topics;
using SmartCommunity.TestKit.Processes;

namespace SmartCommunity.Mqtt.Client.Tests.Brokers;

/// <summary>The exchanges against a broker that is not ours.</summary>
public sealed class MosquittoTests
{
    private static readonly ReconnectOptions Quick = new() { FirstDelay = TimeSpan.FromMilliseconds(1), LongestDelay = TimeSpan.FromMilliseconds(20) };

    [FactIfInstalled("mosquitto")]
    public Task QoS_2_in_3_1_1_brings_each_message_once() => EachOnceAsync(MqttVersion.V311);

    [FactIfInstalled("mosquitto")]
    public Task QoS_2_in_5_0_brings_each_message_once() => EachOnceAsync(MqttVersion.V500);

    [FactIfInstalled("mosquitto")]
    public async Task Over_many_cuts_of_both_sides_QoS_2_brings_each_message_once_and_in_order()
    {
        const int Count = 300;
        await using var broker = await StartAsync();
        var options = Options(broker) with { CleanStart = false, SessionExpiry = TimeSpan.FromHours(1), MaxInFlight = 20 };
        await using var reader = new ReconnectingMqttClient(options with { ClientId = "reader", AcknowledgeAutomatically = false }, Quick, new Random(1));
        await reader.SubscribeAsync(new("a/#", QualityOfService.ExactlyOnce)).Within();
        await using var writer = new ReconnectingMqttClient(options with { ClientId = "writer" }, Quick, new Random(2));
        var topic = TopicName.Create("a/b");
        var publishing = Task.WhenAll(Enumerable.Range(0, Count).Select(i => writer.PublishAsync(new(topic, Number(i), QualityOfService.ExactlyOnce))));
        var cutting = CutAsync(reader, writer);
        for (var i = 0; i < Count; i++)
        {
            var message = await reader.Messages.ReadAsync().AsTask().Within();
            message.Payload.Text().ShouldBe($"{i}");
            reader.Acknowledge(message);
        }

        await publishing.Within();
        await cutting.Within();
        reader.Messages.TryRead(out _).ShouldBeFalse();
    }

    [FactIfInstalled("mosquitto")]
    public async Task A_session_keeps_what_comes_while_the_client_is_away()
    {
        await using var broker = await StartAsync();
        var options = Options(broker) with { ClientId = "reader", CleanStart = false, SessionExpiry = TimeSpan.FromHours(1), AcknowledgeAutomatically = false };
        await using (var first = await MqttClient.ConnectAsync(options).Within())
        {
            first.ConnAck.SessionPresent.ShouldBeFalse();
            await first.SubscribeAsync("a/#").Within();
            await PublishAsync(broker, "a/1", "unacknowledged");
            (await first.Messages.ReadAsync().AsTask().Within()).Duplicate.ShouldBeFalse();
        }

        await PublishAsync(broker, "a/2", "missed");
        await using var second = await MqttClient.ConnectAsync(options).Within();
        second.ConnAck.SessionPresent.ShouldBeTrue();
        var again = await second.Messages.ReadAsync().AsTask().Within();
        (again.Payload.Text(), again.Duplicate).ShouldBe(("unacknowledged", true));
        second.Acknowledge(again);
        (await second.Messages.ReadAsync().AsTask().Within()).Payload.Text().ShouldBe("missed");
    }

    [FactIfInstalled("mosquitto")]
    public async Task Topic_aliases_subscription_identifiers_and_user_properties_go_through()
    {
        await using var broker = await StartAsync();
        await using var reader = await MqttClient.ConnectAsync(Options(broker) with { ClientId = "reader", MaxIncomingAliases = 5 }).Within();
        (await reader.SubscribeAsync([new("a/#", QualityOfService.AtLeastOnce)], identifier: 77).Within()).ShouldBe([ReasonCode.GrantedQos1]);
        await using var writer = await MqttClient.ConnectAsync(Options(broker) with { ClientId = "writer", MaxOutgoingAliases = 3 }).Within();
        var topics = Enumerable.Range(0, 5).Select(i => TopicName.Create($"a/{i}")).ToArray();
        var properties = new PublishProperties { UserProperties = [new("site", "北")], ContentType = "text/plain" };
        for (var i = 0; i < 50; i++) await writer.PublishAsync(new(topics[i % 5], Number(i), Properties: properties)).Within();
        for (var i = 0; i < 50; i++)
        {
            var message = await reader.Messages.ReadAsync().AsTask().Within();
            (message.Topic.Text, message.Payload.Text()).ShouldBe(($"a/{i % 5}", $"{i}"));
            message.Properties!.SubscriptionIdentifiers.ShouldBe([77]);
            message.Properties.UserProperties.ShouldBe([new("site", "北")]);
        }
    }

    private static async Task EachOnceAsync(MqttVersion version)
    {
        const int Count = 500;
        await using var broker = await StartAsync();
        await using var client = await MqttClient.ConnectAsync(Options(broker) with { Version = version, ClientId = "both" }).Within();
        await client.SubscribeAsync("a/#", QualityOfService.ExactlyOnce).Within();
        var topic = TopicName.Create("a/b");
        var publishing = Task.WhenAll(Enumerable.Range(0, Count).Select(i => client.PublishAsync(new(topic, Number(i), QualityOfService.ExactlyOnce))));
        for (var i = 0; i < Count; i++)
        {
            var message = await client.Messages.ReadAsync().AsTask().Within();
            (message.Payload.Text(), message.Qos, message.Duplicate).ShouldBe(($"{i}", QualityOfService.ExactlyOnce, false));
        }

        (await publishing.Within()).ShouldAllBe(reason => reason == ReasonCode.Success);
        client.InFlight.ShouldBe(0);
    }

    private static async Task CutAsync(ReconnectingMqttClient reader, ReconnectingMqttClient writer)
    {
        for (var cut = 0; cut < 10; cut++)
        {
            await writer.WaitUntilConnectedAsync();
            writer.Abort();
            await reader.WaitUntilConnectedAsync();
            reader.Abort();
        }
    }

    private static async Task PublishAsync(MosquittoBroker broker, string topic, string payload)
    {
        await using var client = await MqttClient.ConnectAsync(Options(broker)).Within();
        await client.PublishAsync(new(TopicName.Create(topic), System.Text.Encoding.UTF8.GetBytes(payload))).Within();
    }

    // Mosquitto drops what is queued above its limit of 1,000 messages.
    private static Task<MosquittoBroker> StartAsync() => MosquittoBroker.StartAsync(["max_queued_messages 100000"]);

    // It takes 20 messages at once; in 3.1.1, where it can not say so, it lets newer ones overtake what comes above.
    private static MqttClientOptions Options(MosquittoBroker broker) => new() { Port = broker.Port, MaxInFlight = 20 };

    private static byte[] Number(int number) => System.Text.Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture));
}
