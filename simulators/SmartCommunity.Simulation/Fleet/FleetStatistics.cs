namespace SmartCommunity.Simulation.Fleet;

/// <summary>What a fleet has done so far. Thread-safe; each number is exact, all together are not one moment.</summary>
public sealed class FleetStatistics
{
    private long _published;
    private long _acknowledged;
    private long _refused;
    private long _losses;
    private long _missedSteps;
    private long _situations;
    private int _connected;

    /// <summary>Messages that were given to a connection.</summary>
    public long Published => Volatile.Read(ref _published);

    /// <summary>Messages whose PUBACK came.</summary>
    public long Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>Messages that the server refused.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Connections that were lost, and tries that failed.</summary>
    public long Losses => Volatile.Read(ref _losses);

    /// <summary>Steps of scripts that a device could not take because it was still busy with earlier ones.</summary>
    public long MissedSteps => Volatile.Read(ref _missedSteps);

    /// <summary>Situations that were started.</summary>
    public long Situations => Volatile.Read(ref _situations);

    /// <summary>Devices that have signed in and were neither lost nor stopped since.</summary>
    public int Connected => Volatile.Read(ref _connected);

    internal void AddPublished() => Interlocked.Increment(ref _published);

    internal void AddAcknowledged() => Interlocked.Increment(ref _acknowledged);

    internal void AddRefused() => Interlocked.Increment(ref _refused);

    internal void AddLoss() => Interlocked.Increment(ref _losses);

    internal void AddMissedStep() => Interlocked.Increment(ref _missedSteps);

    internal void AddSituation() => Interlocked.Increment(ref _situations);

    internal void AddConnected(int change) => Interlocked.Add(ref _connected, change);
}
