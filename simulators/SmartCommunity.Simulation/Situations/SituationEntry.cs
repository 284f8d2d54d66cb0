using SmartCommunity.Simulation.Randomness;
using SmartCommunity.Simulation.World;

namespace SmartCommunity.Simulation.Situations;

/// <summary>A sort of situation: where it can happen, how often it does, and its script.</summary>
public sealed class SituationEntry
{
    private readonly Func<DeviceSite, SiteRules, bool> _canHappen;
    private readonly Action<ScriptBuilder, SiteRules> _write;

    internal SituationEntry(string kind, double weight, Func<DeviceSite, SiteRules, bool> canHappen, Action<ScriptBuilder, SiteRules> write)
    {
        Kind = kind;
        Weight = weight;
        _canHappen = canHappen;
        _write = write;
    }

    /// <summary>Its name.</summary>
    public string Kind { get; }

    /// <summary>How often it comes up compared with the others; above 0.</summary>
    public double Weight { get; }

    /// <summary>Whether it can happen to a device, and a rule would notice within a reasonable time.</summary>
    public bool CanHappen(DeviceSite site, SiteRules rules) => _canHappen(site, rules);

    /// <summary>Writes the script of one occurrence.</summary>
    /// <param name="site">A device that it can happen to.</param>
    /// <param name="rules">The rules of the community.</param>
    /// <param name="random">The occurrence's own sequence.</param>
    public Situation Write(DeviceSite site, SiteRules rules, SeededRandom random)
    {
        var script = new ScriptBuilder(Kind, site, random);
        _write(script, rules);
        return script.Build();
    }
}
