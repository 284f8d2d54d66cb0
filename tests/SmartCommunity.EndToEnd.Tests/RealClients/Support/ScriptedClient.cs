using System.Text.Json;
using SmartCommunity.EndToEnd.Tests.Support;

namespace SmartCommunity.EndToEnd.Tests.RealClients.Support;

/// <summary>A client library of somebody else behind a script of ours: mqttjs/client.js or paho/client.py, which have one contract.</summary>
/// <param name="Program">What runs the script.</param>
/// <param name="Script">Its path.</param>
internal sealed record ScriptedClient(string Program, string Script)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    // Debian's Python, because it has Debian's packages; another may come first on the PATH.
    public static ScriptedClient Paho { get; } = new("/usr/bin/python3", Path.Combine(Sources.RealClients, "paho", "client.py"));

    public static ScriptedClient MqttJs { get; } = new("node", Path.Combine(Sources.RealClients, "mqttjs", "client.js"));

    public ClientProcess Start(ClientJob job) => ClientProcess.Start(Program, Script, JsonSerializer.Serialize(job, Json));
}

/// <summary>What a script should do: connect, subscribe, publish, wait for messages, leave.</summary>
internal sealed record ClientJob(string Transport, string Host, int Port, int Version, string ClientId, string User, string Password, string? Ca)
{
    public IReadOnlyList<JobSubscription> Subscribe { get; init; } = [];

    public IReadOnlyList<JobPublish> Publish { get; init; } = [];

    /// <summary>How many messages it waits for.</summary>
    public int Expect { get; init; }
}

internal sealed record JobSubscription(string Topic, int Qos);

internal sealed record JobPublish(string Topic, string Payload, int Qos, bool Retain = false);

/// <summary>What a script says.</summary>
internal static class ScriptAnswers
{
    /// <summary>Waits for a line with this member.</summary>
    public static async Task<JsonElement> AnswerAsync(this ClientProcess client, string name)
    {
        var line = await client.LineAsync(text => text.StartsWith($$"""{"{{name}}":""", StringComparison.Ordinal));
        return JsonSerializer.Deserialize<JsonElement>(line).GetProperty(name);
    }

    public static async Task<(string Topic, string Payload, int Qos, bool Retain)> MessageAsync(this ClientProcess client)
    {
        var message = await client.AnswerAsync("message");
        return (message.Text("topic")!, message.Text("payload")!, message.GetProperty("qos").GetInt32(), message.GetProperty("retain").GetBoolean());
    }
}
