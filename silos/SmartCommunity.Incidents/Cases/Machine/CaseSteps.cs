using System.Collections.Immutable;

namespace SmartCommunity.Incidents.Cases.Machine;

/// <summary>Takes the steps of one decision: every step is a transition, chained to the one before, and raises the version by one.</summary>
internal sealed class CaseSteps(Incident incident, DateTimeOffset now)
{
    private readonly ImmutableArray<Transition>.Builder _steps = ImmutableArray.CreateBuilder<Transition>();

    /// <summary>The case after the steps so far.</summary>
    public Incident Now { get; private set; } = incident;

    /// <summary>Takes a step.</summary>
    /// <param name="step">What, who, why and when; its number, its states, its time and its hash are filled in here.</param>
    /// <param name="to">Where the case goes.</param>
    /// <param name="changed">The case with what else the step changes.</param>
    public void Take(StepCause step, IncidentState to, Incident changed)
    {
        var transition = TransitionChain.Seal(
            new()
            {
                Seq = Now.LastTransition + 1,
                Command = step.Command,
                From = Now.LastTransition == 0 ? null : Now.State,
                To = to,
                Actor = step.Actor,
                Role = step.Role,
                Reason = step.Reason,
                EventTime = step.EventTime,
                At = now,
                CommandId = step.CommandId,
                Evidence = step.Evidence,
            },
            Now.LastHash);
        _steps.Add(transition);
        Now = changed with
        {
            State = to,
            UpdatedAt = now,
            Version = Now.Version + 1,
            LastTransition = transition.Seq,
            LastHash = transition.Hash,
        };
    }

    public CaseDecision.Accepted Accept() => new(Now, _steps.ToImmutable());
}

/// <summary>Why a step is taken.</summary>
internal sealed record StepCause(string Command, string Actor, People.Role Role, string Reason, DateTimeOffset EventTime)
{
    public string? CommandId { get; init; }

    public IReadOnlyList<Events.EvidenceLink> Evidence { get; init; } = [];

    /// <summary>A step of the system's own.</summary>
    public static StepCause BySystem(string command, string reason, DateTimeOffset eventTime) =>
        new(command, SystemSteps.Actor, People.Role.System, reason, eventTime);
}
