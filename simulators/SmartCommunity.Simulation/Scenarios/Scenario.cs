using SmartCommunity.Events.Ids;

namespace SmartCommunity.Simulation.Scenarios;

/// <summary>A play for a running system: what goes wrong when, and what else lives beside it.</summary>
public sealed record Scenario
{
    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>Devices that publish ordinary telemetry beside those of the situations. Default: 0.</summary>
    public int Devices { get; init; }

    /// <summary>How long to wait for what is expected, after it was due. Default: 10 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What goes wrong, in order of time.</summary>
    public required IReadOnlyList<ScenarioEntry> Situations { get; init; }
}

/// <summary>One situation of a scenario.</summary>
/// <param name="At">When it starts, from the start of the scenario.</param>
/// <param name="Kind">Which situation.</param>
/// <param name="Device">At which device; null for any that fits.</param>
/// <param name="Building">In which building; null for any.</param>
/// <param name="Grid">In which grid; null for any.</param>
/// <param name="Zone">In which zone; null for any.</param>
public sealed record ScenarioEntry(TimeSpan At, string Kind, DeviceId? Device, BuildingId? Building, GridId? Grid, ZoneId? Zone);
