using System.Globalization;
using System.Text;
using System.Text.Json;
using SmartCommunity.Mqtt.Client;
using SmartCommunity.Mqtt.Client.Publishing;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Topics;

namespace SmartCommunity.EndToEnd.Tests.Support;

/// <summary>The native topics of DESIGN section 5.</summary>
internal static class PublishExtensions
{
    /// <summary>Publishes at QoS 1; completes with the PUBACK.</summary>
    public static async Task SayAsync(this MqttClient client, string device, string channel, ReadOnlyMemory<byte> payload)
    {
        var reason = await client.PublishAsync(new MqttPublish(TopicName.Create($"sc/v1/{device}/{channel}"), payload)).WaitAsync(Eventually.Patience);
        reason.ShouldBeOneOf(ReasonCode.Success, ReasonCode.NoMatchingSubscribers);
    }

    public static Task SayEventAsync(this MqttClient client, string device, object message) =>
        client.SayAsync(device, "event", JsonSerializer.SerializeToUtf8Bytes(message));

    public static Task SaySampleAsync(this MqttClient client, string device, string metric, long time, double value) =>
        client.SayAsync(device, "telemetry", Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$$"""{"time":{{{time}}},"values":{"{{{metric}}}":{{{value:R}}}}}""")));
}
