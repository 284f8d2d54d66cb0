using SmartCommunity.Events.Ids;
using SmartCommunity.Simulation.Situations;
using SmartCommunity.Simulation.World;

namespace SmartCommunity.Simulation.Scenarios;

/// <summary>Chooses the devices of a scenario and writes their scripts.</summary>
public static class ScenarioCast
{
    /// <summary>Writes all scripts; no device is in two at a time.</summary>
    /// <exception cref="FormatException">An entry finds no device; the message holds every such entry.</exception>
    public static IReadOnlyList<(TimeSpan At, Situation Situation)> Choose(Scenario scenario, SimulatedWorld world)
    {
        var rest = new DirectorOptions().Rest;
        var free = new Dictionary<DeviceId, TimeSpan>();
        var cast = new List<(TimeSpan At, Situation Situation)>();
        var problems = new List<string>();
        for (var i = 0; i < scenario.Situations.Count; i++)
        {
            var entry = scenario.Situations[i];
            var random = world.Random.Fork($"scenario/{i}");
            var kind = SituationCatalogue.Find(entry.Kind)!;
            var sites = world.Sites
                .Where(site => Fits(entry, site) && kind.CanHappen(site, world.Rules) && free.GetValueOrDefault(site.Id) <= entry.At)
                .ToList();
            if (sites.Count == 0)
            {
                problems.Add($"{entry.Kind} at {entry.At}: no free device there to which it can happen");
                continue;
            }

            var situation = kind.Write(random.Pick(sites), world.Rules, random);
            free[situation.Site.Id] = entry.At + situation.Duration + rest;
            cast.Add((entry.At, situation));
        }

        return problems.Count == 0 ? cast : throw new FormatException(string.Join('\n', problems));
    }

    private static bool Fits(ScenarioEntry entry, DeviceSite site) =>
        (entry.Device is null || entry.Device == site.Id)
        && (entry.Building is null || entry.Building == site.Building)
        && (entry.Grid is null || entry.Grid == site.Grid)
        && (entry.Zone is null || entry.Zone == site.Zone);
}
