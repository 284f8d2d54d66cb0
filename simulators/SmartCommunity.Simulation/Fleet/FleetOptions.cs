using SmartCommunity.Simulation.Situations;

namespace SmartCommunity.Simulation.Fleet;

/// <summary>How a fleet of simulated devices behaves towards the server.</summary>
public sealed record FleetOptions
{
    /// <summary>Host of the MQTT endpoint. Default: 127.0.0.1.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>TCP port of the MQTT endpoint. Default: 1883.</summary>
    public int Port { get; init; } = 1883;

    /// <summary>Devices that are simulated at most; of a larger community, every kind gets its share. Default: all.</summary>
    public int Devices { get; init; } = int.MaxValue;

    /// <summary>The time between two readings of a device. Default: 10 s, as dense as real devices ever are.</summary>
    public TimeSpan TelemetryInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How much an interval may differ, as a part of it, 0 to 0.9. Default: 0.1, so that devices do not speak in step.</summary>
    public double TelemetryJitter { get; init; } = 0.1;

    /// <summary>Connections that are being opened at a time. Default: 16; a fleet that connects all at once is a flood, not a morning.</summary>
    public int ConnectsAtOnce { get; init; } = 16;

    /// <summary>Steps of a script that may wait for their device. Default: 64, more than a script has in a minute.</summary>
    public int MaxWaitingSteps { get; init; } = 64;

    /// <summary>How often the director looks whether something is due. Default: 200 ms, finer than anybody notices.</summary>
    public TimeSpan DirectorTick { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>What goes wrong how often.</summary>
    public DirectorOptions Situations { get; init; } = new();

    /// <summary>Hears of every situation when it starts, on the director's loop; must be quick and must not throw. Null for nobody.</summary>
    public Action<Situation, DateTimeOffset>? Started { get; init; }

    /// <summary>Throws when an option is out of its range.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public void Check()
    {
        ArgumentException.ThrowIfNullOrEmpty(Host);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Port, 65_535);
        ArgumentOutOfRangeException.ThrowIfNegative(Devices);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(TelemetryInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegative(TelemetryJitter);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(TelemetryJitter, 0.9);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ConnectsAtOnce);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxWaitingSteps);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(DirectorTick, TimeSpan.Zero);
        Situations.Check();
    }
}
