namespace SmartCommunity.Simulation.Load;

/// <summary>How to press a system.</summary>
public sealed record LoadOptions
{
    /// <summary>Host of the MQTT endpoint. Default: 127.0.0.1.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>TCP port of the MQTT endpoint. Default: 1883.</summary>
    public int Port { get; init; } = 1883;

    /// <summary>Who signs in. Connections take them in turn, each with a client id of its own; at least one.</summary>
    public required IReadOnlyList<LoadAccount> Accounts { get; init; }

    /// <summary>Messages per second over all connections; 0 for as many as are acknowledged. Default: 1,000.</summary>
    public double Rate { get; init; } = 1000;

    /// <summary>How long to send. Default: 10 s.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Connections. Default: 8, a few cores' worth.</summary>
    public int Connections { get; init; } = 8;

    /// <summary>Bytes of a payload, 40 to 65,536. Default: 200, a usual telemetry message.</summary>
    public int PayloadBytes { get; init; } = 200;

    /// <summary>Messages per connection that may wait for their PUBACK, 1 to 60,000. Default: 500.</summary>
    public int InFlight { get; init; } = 500;

    /// <summary>How long to wait for the last PUBACKs. Default: 5 s.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Throws when an option is out of its range.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public void Check()
    {
        ArgumentException.ThrowIfNullOrEmpty(Host);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Port, 65_535);
        if (Accounts.Count == 0) throw new ArgumentException("There is no device to sign in as.");
        ArgumentOutOfRangeException.ThrowIfNegative(Rate);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Duration, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Connections);
        ArgumentOutOfRangeException.ThrowIfLessThan(PayloadBytes, 40);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(PayloadBytes, 65_536);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(InFlight);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(InFlight, 60_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(Drain, TimeSpan.Zero);
    }
}

/// <summary>A device that a connection signs in as.</summary>
/// <param name="Device">The user name; also in the topic.</param>
/// <param name="Token">The password; null when the server asks for none.</param>
public sealed record LoadAccount(string Device, string? Token);
