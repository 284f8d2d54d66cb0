using System.Net.Http.Json;
using System.Text.Json;
using SmartCommunity.EndToEnd.Tests.Support;
using SmartCommunity.Mqtt.Client;
using SmartCommunity.Mqtt.Client.Publishing;
using SmartCommunity.Mqtt.Client.Receiving;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Topics;
using SmartCommunity.TestKit.Processes;

namespace SmartCommunity.EndToEnd.Tests.Accounts;

/// <summary>What an administrator and the clients of accounts do.</summary>
internal static class AccountActor
{
    /// <summary>How soon a revoked connection must be gone after the administrator was answered.</summary>
    public static TimeSpan AtOnce { get; } = TimeSpan.FromSeconds(5);

    public static async Task<JsonElement> SendAsync(this ApiClient admin, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/{path}") { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await admin.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{method} {path}: {text}");
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>Makes an account with a token, and gives the token.</summary>
    public static async Task<string> MakeAccountAsync(this ApiClient admin, string name, string kind, string[]? publish = null, string[]? subscribe = null)
    {
        await admin.SendAsync(HttpMethod.Post, "accounts", new { name, kind, publish, subscribe });
        return (await admin.SendAsync(HttpMethod.Post, $"accounts/{name}/tokens")).Text("token")!;
    }

    public static MqttClientOptions As(this HostProcess host, string user, string token, string clientId) =>
        new() { Port = host.MqttPort, ClientId = clientId, UserName = user, Password = token, ConnectTimeout = Eventually.Patience };

    public static MqttClientOptions Lasting(this MqttClientOptions options) => options with { CleanStart = false, SessionExpiry = TimeSpan.FromHours(1) };

    public static async Task ShouldBeRefusedAsync(this MqttClientOptions options) =>
        (await Should.ThrowAsync<MqttConnectRefusedException>(() => MqttClient.ConnectAsync(options))).Reason.ShouldBe(ReasonCode.BadUserNameOrPassword);

    /// <summary>Waits for the end that an administrator made.</summary>
    public static async Task ShouldBeClosedAsync(this MqttClient client) =>
        (await Should.ThrowAsync<MqttConnectionLostException>(() => client.Completion.WaitAsync(AtOnce))).Reason.ShouldBe(ReasonCode.AdministrativeAction);

    public static Task SayAsync(this MqttClient client, string topic, string text, bool retain = false) =>
        client.PublishAsync(new MqttPublish(TopicName.Create(topic), System.Text.Encoding.UTF8.GetBytes(text), Retain: retain)).WaitAsync(Eventually.Patience);

    public static async Task<MqttMessage> NextAsync(this MqttClient client) => await client.Messages.ReadAsync().AsTask().WaitAsync(Eventually.Patience);
}
