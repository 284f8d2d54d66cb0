using SmartCommunity.Events;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Incidents.People;

namespace SmartCommunity.Incidents.Cases;

/// <summary>What a person wants done with a case.</summary>
public sealed record IncidentCommand
{
    /// <summary>What: one of <see cref="CommandNames"/>, for example <c>accept</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The idempotency key: the same id again changes nothing and gets the first answer.</summary>
    public required string CommandId { get; init; }

    /// <summary>The version that the person saw; null does not check.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>Who.</summary>
    public required Actor Actor { get; init; }

    /// <summary>Why, in their words.</summary>
    public string Note { get; init; } = "";

    /// <summary>A reason code, for reject and false-alarm.</summary>
    public string? ReasonCode { get; init; }

    /// <summary>Whom to dispatch to.</summary>
    public PersonId? Assignee { get; init; }

    /// <summary>What a check said.</summary>
    public bool? Passed { get; init; }

    /// <summary>The severity that registration fixes; null keeps it.</summary>
    public Severity? Severity { get; init; }

    /// <summary>The case to merge into.</summary>
    public IncidentId? Into { get; init; }

    /// <summary>Photos or readings.</summary>
    public IReadOnlyList<EvidenceLink> Evidence { get; init; } = [];
}

/// <summary>A person with the roles that they hold.</summary>
/// <param name="Person">Who.</param>
/// <param name="Roles">Their roles.</param>
public sealed record Actor(PersonId Person, IReadOnlyList<Role> Roles);
