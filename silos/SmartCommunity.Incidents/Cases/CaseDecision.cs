using System.Collections.Immutable;

namespace SmartCommunity.Incidents.Cases;

/// <summary>What the case machine says to a command or to news from a condition.</summary>
public abstract record CaseDecision
{
    private CaseDecision()
    {
    }

    /// <summary>It is done.</summary>
    /// <param name="After">The case afterwards.</param>
    /// <param name="Steps">The transitions, in order; empty when nothing changed.</param>
    public sealed record Accepted(Incident After, ImmutableArray<Transition> Steps) : CaseDecision;

    /// <summary>It is not done, and nothing has changed.</summary>
    /// <param name="Fault">Whose fault.</param>
    /// <param name="Reason">What was wrong and what to do, for a person.</param>
    /// <param name="Allowed">The commands that this person may give now.</param>
    public sealed record Refused(RefusalFault Fault, Events.Vocabulary.LocalizedText Reason, ImmutableArray<string> Allowed) : CaseDecision;
}

/// <summary>Whose fault a refusal is.</summary>
public enum RefusalFault : byte
{
    /// <summary>The state does not take the command: 409.</summary>
    State = 0,

    /// <summary>The person may not give it: 403.</summary>
    Person = 1,

    /// <summary>The case has moved on since: 412.</summary>
    Version = 2,

    /// <summary>The command lacks something: 400.</summary>
    Body = 3,
}
