using SmartCommunity.Rules.Plans;

namespace SmartCommunity.Rules.Live;

/// <summary>Decides what of a state still means the same under a plan, and ties it to that plan.</summary>
internal static class PlanFit
{
    /// <summary>Ties a condition to the rule, the sort and the devices of a plan.</summary>
    /// <returns>Whether they are all still there; otherwise nobody could ever say that the condition is over.</returns>
    public static bool TryRefit(Condition condition, RulePlan plan)
    {
        var id = condition.Rule.Definition.Id;
        if (plan.FindRule(id.Value) is not { } rule || rule.FindSpec(condition.Spec.Kind) is not { } spec)
        {
            return false;
        }

        condition.Rule = rule;
        condition.Spec = spec;
        if (condition.Occurrence is not { } occurrence)
        {
            return true;
        }

        var sources = occurrence.Sources
            .Select(source => plan.Find(source.Id)?.Find(id.Value))
            .Where(binding => binding is not null && rule.Policy.CanMean(binding, condition.Key))
            .Select(binding => binding!.Device)
            .ToList();
        occurrence.Sources.Clear();
        occurrence.Sources.AddRange(sources);
        return sources.Count > 0;
    }

    /// <summary>Carries over what is known of a device's being heard.</summary>
    public static void Carry(DeviceState from, DeviceState to)
    {
        to.LastSeen = from.LastSeen;
        to.ToldAt = from.ToldAt;
        to.SilencesTold = from.SilencesTold;
        to.QuietSince = from.QuietSince;
    }
}
