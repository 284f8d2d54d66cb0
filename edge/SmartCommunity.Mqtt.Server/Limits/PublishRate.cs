namespace SmartCommunity.Mqtt.Server.Limits;

/// <summary>
/// How quickly one device or account may publish, over all its connections. What goes beyond is not dropped: it has been taken, and its connection is not
/// read until the debt is paid. Thread-safe, without a lock.
/// </summary>
internal sealed class PublishRate(MqttServerOptions options, TimeProvider time)
{
    private readonly TokenBucket _messages = new(options.MaxPublishRate, options.MaxPublishRate * options.PublishBurst.TotalSeconds, time.TimestampFrequency);
    private readonly TokenBucket _bytes = new(options.MaxPublishBytesRate, options.MaxPublishBytesRate * options.PublishBurst.TotalSeconds, time.TimestampFrequency);

    /// <summary>Connections that use it; touched by <see cref="PublishRates"/> only.</summary>
    public int Users { get; set; }

    /// <summary>Counts what a connection took.</summary>
    /// <param name="messages">PUBLISH packets.</param>
    /// <param name="bytes">Bytes of all packets.</param>
    /// <param name="limit">Which limit holds longer; meaningful when there is something to wait for.</param>
    /// <returns>For how long not to read; zero when it is within its limits.</returns>
    public TimeSpan Charge(long messages, long bytes, out Limit limit)
    {
        var now = time.GetTimestamp();
        var forMessages = _messages.Charge(messages, now);
        var forBytes = _bytes.Charge(bytes, now);
        limit = forMessages >= forBytes ? Limit.PublishRate : Limit.PublishBytes;
        var ticks = Math.Max(forMessages, forBytes);
        return ticks == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((double)ticks / time.TimestampFrequency);
    }
}
