using System.Collections.Immutable;
using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Incidents.Cases.Machine;

/// <summary>One row of the case table: in these states, who may give the command, what it needs, and where the case goes.</summary>
/// <param name="Command">One of <see cref="CommandNames"/>.</param>
/// <param name="From">The states that take it.</param>
/// <param name="Who">The first grant that admits the person names the role in which they act.</param>
/// <param name="To">Where the case goes.</param>
internal sealed record CaseRow(string Command, ImmutableArray<IncidentState> From, ImmutableArray<Grant> Who, Target To)
{
    /// <summary>What the case itself must be before anybody may give the command, beyond its state; says what is missing, or null.</summary>
    public Func<Incident, LocalizedText?> Ready { get; init; } = static _ => null;

    /// <summary>What the command must bring; the first that is missing refuses it.</summary>
    public ImmutableArray<Need> Needs { get; init; } = [];

    /// <summary>What changes in the case besides its state.</summary>
    public Effect Effect { get; init; } = Effects.Nothing;
}

/// <summary>Where the case goes; most rows always name the same state.</summary>
internal delegate IncidentState Target(Incident incident, IncidentCommand command);

/// <summary>What is missing in the command, or null.</summary>
internal delegate LocalizedText? Need(Incident incident, IncidentCommand command);

/// <summary>The case with what the command changes in it besides its state.</summary>
internal delegate Incident Effect(Incident incident, IncidentCommand command, DateTimeOffset now);
