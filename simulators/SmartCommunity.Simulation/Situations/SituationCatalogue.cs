using System.Collections.Frozen;
using System.Collections.Immutable;
using SmartCommunity.Simulation.Situations.Scripts;

namespace SmartCommunity.Simulation.Situations;

/// <summary>The table of all situations.</summary>
public static class SituationCatalogue
{
    /// <summary>All situations; the weights make what is frequent in a real community frequent here.</summary>
    public static ImmutableArray<SituationEntry> All { get; } =
    [
        new("falling-object", 3, FallingObjectScript.CanHappen, FallingObjectScript.Write),
        new("illegal-parking", 4, IllegalParkingScript.CanHappen, IllegalParkingScript.Write),
        new("door-held-open", 3, DoorScripts.CanBeHeldOpen, DoorScripts.WriteHeldOpen),
        new("door-forced", 1, DoorScripts.CanBeForced, DoorScripts.WriteForced),
        new("duress", 0.4, DuressScript.CanHappen, DuressScript.Write),
        new("panic", 0.6, DuressScript.CanPanic, DuressScript.WritePanic),
        new("smoke", 1, AlarmScripts.CanSmoke, AlarmScripts.WriteSmoke),
        new("gas", 0.6, AlarmScripts.CanLeakGas, AlarmScripts.WriteGas),
        new("water-leak", 1.5, AlarmScripts.CanLeakWater, AlarmScripts.WriteWaterLeak),
        new("threshold", 1.5, ThresholdScript.CanHappen, ThresholdScript.Write),
        new("device-offline", 1.5, OfflineScripts.CanVanish, OfflineScripts.WriteVanish),
        new("device-silent", 1, OfflineScripts.CanFallSilent, OfflineScripts.WriteFallSilent),
    ];

    private static readonly FrozenDictionary<string, SituationEntry> ByKind = All.ToFrozenDictionary(entry => entry.Kind, StringComparer.Ordinal);

    /// <summary>The names of all situations, for a message.</summary>
    public static string Names { get; } = string.Join(", ", All.Select(entry => entry.Kind));

    /// <summary>A situation by its name, or null.</summary>
    public static SituationEntry? Find(string kind) => ByKind.GetValueOrDefault(kind);
}
