using SmartCommunity.Events.Ids;
using SmartCommunity.Incidents.People;

namespace SmartCommunity.Incidents.Cases;

/// <summary>One step of a case, kept for ever and chained by hash to the step before it (invariant 6).</summary>
public sealed record Transition
{
    /// <summary>1 for the opening, then rising by one.</summary>
    public required int Seq { get; init; }

    /// <summary>What was commanded, for example <c>accept</c>; <c>raise</c> for the opening, <c>condition</c> and <c>evidence</c> for machine A.</summary>
    public required string Command { get; init; }

    /// <summary>The state before; null for the opening.</summary>
    public IncidentState? From { get; init; }

    /// <summary>The state after.</summary>
    public required IncidentState To { get; init; }

    /// <summary>Who: a person's id, or <c>system</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>In which role.</summary>
    public required Role Role { get; init; }

    /// <summary>Why, in the actor's words or in the system's; may be empty.</summary>
    public string Reason { get; init; } = "";

    /// <summary>When it happened according to its cause.</summary>
    public required DateTimeOffset EventTime { get; init; }

    /// <summary>When the system did it.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The command's idempotency key; null for the system's own steps.</summary>
    public string? CommandId { get; init; }

    /// <summary>The photos or readings that came with it.</summary>
    public IReadOnlyList<Events.EvidenceLink> Evidence { get; init; } = [];

    /// <summary>SHA-256 over all fields above and the hash of the step before, hexadecimal; see the transition chain.</summary>
    public string Hash { get; init; } = "";
}
