namespace SmartCommunity.Incidents.Cases;

/// <summary>The names of the steps that no person commands; see <see cref="Transition.Command"/>.</summary>
public static class SystemSteps
{
    /// <summary>The actor of a step that the system takes.</summary>
    public const string Actor = "system";

    /// <summary>The opening.</summary>
    public const string Raise = "raise";

    /// <summary>The condition changed its phase.</summary>
    public const string Condition = "condition";

    /// <summary>More events, or a higher severity.</summary>
    public const string Evidence = "evidence";
}
