using SmartCommunity.Mqtt.Client.Publishing;
using SmartCommunity.Mqtt.Protocol;
using SmartCommunity.Mqtt.Topics;
using SmartCommunity.TestKit.Mqtt;

namespace SmartCommunity.Mqtt.Client.Tests;

/// <summary>What most tests need.</summary>
internal static class Clients
{
    public static readonly TopicName Topic = TopicName.Create("sc/v1/d1/event");

    /// <remarks>The goodbye is short, since a scripted server does not close by itself.</remarks>
    public static MqttClientOptions Options(ScriptedPeer peer) => new()
    {
        Port = peer.Port,
        ClientId = "d1",
        AnswerTimeout = TimeSpan.FromSeconds(5),
        GoodbyeTimeout = TimeSpan.FromMilliseconds(100),
    };

    public static MqttPublish Message(string payload) => new(Topic, System.Text.Encoding.UTF8.GetBytes(payload));

    public static async Task<(MqttClient Client, PeerConnection Server)> ConnectAsync(ScriptedPeer peer, MqttClientOptions? options = null)
    {
        var connecting = MqttClient.ConnectAsync(options ?? Options(peer));
        var server = await peer.AcceptAndWelcomeAsync();
        return (await connecting.Within(), server);
    }

    public static string Text(this ReadOnlyMemory<byte> payload) => System.Text.Encoding.UTF8.GetString(payload.Span);

    /// <summary>Fails instead of hanging.</summary>
    public static Task<T> Within<T>(this Task<T> task) => task.WaitAsync(PeerConnection.Patience);

    /// <summary>Fails instead of hanging.</summary>
    public static Task Within(this Task task) => task.WaitAsync(PeerConnection.Patience);
}

/// <summary>Counts outcomes and tells when enough have come.</summary>
internal sealed class CountingOutcome(int expected) : IPublishOutcome
{
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _acknowledged;
    private int _lost;

    public int Acknowledged => _acknowledged;

    public int Lost => _lost;

    public List<ReasonCode> Reasons { get; } = [];

    public List<long> SentAt { get; } = [];

    public Task All => _all.Task;

    void IPublishOutcome.Acknowledged(long sentAt, ReasonCode reason)
    {
        Reasons.Add(reason);
        SentAt.Add(sentAt);
        if (++_acknowledged + _lost == expected) _all.TrySetResult();
    }

    void IPublishOutcome.Lost(Exception cause)
    {
        if (_acknowledged + ++_lost == expected) _all.TrySetResult();
    }
}
