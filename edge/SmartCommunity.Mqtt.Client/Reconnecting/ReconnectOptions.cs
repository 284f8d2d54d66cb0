using SmartCommunity.Mqtt.Client.Publishing;

namespace SmartCommunity.Mqtt.Client.Reconnecting;

/// <summary>How a client comes back.</summary>
public sealed record ReconnectOptions
{
    /// <summary>The wait before the first new try. Default: 500 ms, so that a restarting server is found again at once.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait; each wait doubles up to it. Default: 30 s, so that a fleet is back within a minute of its server.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The part of each wait that is left to chance, 0 to 1. Default: 1, the whole wait: so a fleet which lost its server together comes back most
    /// evenly.
    /// </summary>
    public double Jitter { get; init; } = 1;

    /// <summary>
    /// How long a connection must have stood for the waits to begin anew. Default: 10 s, so that a server which takes a client and drops it at once is not
    /// asked twice a second.
    /// </summary>
    public TimeSpan StablePeriod { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Called before each try with the client's options; answers those to use, for example with a password that is new. Must be quick and must not throw.</summary>
    public Func<MqttClientOptions, MqttClientOptions>? Prepare { get; init; }

    /// <summary>What the client publishes first on every connection: the counterpart of the will, for example <c>online</c>. Null for nothing.</summary>
    public MqttPublish? Birth { get; init; }

    /// <summary>Called with each connection that stands. Must be quick and must not throw.</summary>
    public Action<MqttClient>? Connected { get; init; }

    /// <summary>Called after each loss and each failed try, with the wait before the next. Must be quick and must not throw.</summary>
    public Action<Exception, TimeSpan>? Failed { get; init; }

    /// <summary>Throws when an option is out of its range.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(FirstDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(LongestDelay, FirstDelay);
        ArgumentOutOfRangeException.ThrowIfLessThan(StablePeriod, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegative(Jitter);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Jitter, 1);
    }
}
