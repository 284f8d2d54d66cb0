namespace SmartCommunity.Benchmarks.Ingest;

/// <summary>What the ingest benchmark runs.</summary>
/// <param name="Duration">How long each phase of a profile presses, after its warm-up.</param>
/// <param name="Profiles">How the load is spread.</param>
/// <param name="PayloadBytes">About how large a message is.</param>
/// <param name="WithPeer">Whether mosquitto is measured as well, where it is installed.</param>
/// <param name="Patience">How long a backlog may take to clear before the benchmark gives up.</param>
internal sealed record IngestOptions(TimeSpan Duration, IReadOnlyList<LoadProfile> Profiles, int PayloadBytes, bool WithPeer, TimeSpan Patience)
{
    /// <summary>How long the load runs before anything is counted: the runtime compiles and connections reach their pace.</summary>
    public TimeSpan WarmUp { get; } = TimeSpan.FromSeconds(3);
}

/// <summary>How a load is spread.</summary>
/// <param name="Connections">How many devices, each with a connection of its own.</param>
/// <param name="InFlight">How many messages of each may wait for their acknowledgement.</param>
internal readonly record struct LoadProfile(int Connections, int InFlight)
{
    public override string ToString() => FormattableString.Invariant($"{Connections} × {InFlight}");
}
