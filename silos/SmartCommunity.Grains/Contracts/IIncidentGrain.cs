namespace SmartCommunity.Grains.Contracts;

/// <summary>One case; the key is the incident's id. A change is on disk when a call returns.</summary>
public interface IIncidentGrain : IGrainWithStringKey
{
    /// <summary>Opens the case, or finds it: a replay changes nothing.</summary>
    /// <param name="opening">A <c>CaseOpening</c> in the JSON of <see cref="Cases.CaseDocuments"/>.</param>
    Task<RaiseAnswer> RaiseAsync(CaseDocument opening);

    /// <summary>Tells the case what its condition says.</summary>
    /// <param name="news">A <c>CaseNews</c> in the JSON of <see cref="Cases.CaseDocuments"/>.</param>
    /// <returns>False when the case has ended, so that the news needs a case of its own.</returns>
    Task<bool> ObserveAsync(CaseDocument news);

    /// <summary>Does what a person commands. The same command id again gets the first answer.</summary>
    /// <param name="command">An <c>IncidentCommand</c> in the JSON of <see cref="Cases.CaseDocuments"/>.</param>
    Task<CommandAnswer> CommandAsync(CaseDocument command);
}

/// <summary>A record of the case library as UTF-8 JSON: it crosses a call as one buffer.</summary>
/// <param name="Json">The bytes; nobody changes them any more.</param>
[GenerateSerializer, Immutable, Alias("SmartCommunity.CaseDocument")]
public sealed record CaseDocument([property: Id(0)] ReadOnlyMemory<byte> Json);

/// <summary>What became of raising a case.</summary>
/// <param name="IncidentId">The case that has the key now: the new one, or the open one that was there before.</param>
/// <param name="Outcome">Which of them.</param>
[GenerateSerializer, Immutable, Alias("SmartCommunity.RaiseAnswer")]
public sealed record RaiseAnswer([property: Id(0)] string IncidentId, [property: Id(1)] RaiseOutcome Outcome);

/// <summary>The outcomes of raising a case.</summary>
[GenerateSerializer, Alias("SmartCommunity.RaiseOutcome")]
public enum RaiseOutcome : byte
{
    /// <summary>It is open now, by this call.</summary>
    Opened = 0,

    /// <summary>This case was raised before, and is open.</summary>
    OpenAlready = 1,

    /// <summary>This case was raised before, and has ended: a replay of old news.</summary>
    EndedAlready = 2,

    /// <summary>Another open case has the key.</summary>
    KeyTaken = 3,
}

/// <summary>What became of a command.</summary>
[GenerateSerializer, Immutable, Alias("SmartCommunity.CommandAnswer")]
public sealed record CommandAnswer
{
    /// <summary>Whether it was done.</summary>
    [Id(0)] public required CommandOutcome Outcome { get; init; }

    /// <summary>The case afterwards as JSON; null when there is none.</summary>
    [Id(1)] public ReadOnlyMemory<byte>? Incident { get; init; }

    /// <summary>Why not, in Chinese.</summary>
    [Id(2)] public string ReasonZh { get; init; } = "";

    /// <summary>Why not, in English.</summary>
    [Id(3)] public string ReasonEn { get; init; } = "";

    /// <summary>What this person may command now.</summary>
    [Id(4)] public string[] Allowed { get; init; } = [];
}

/// <summary>The outcomes of a command.</summary>
[GenerateSerializer, Alias("SmartCommunity.CommandOutcome")]
public enum CommandOutcome : byte
{
    /// <summary>Done, now or by the same command before.</summary>
    Done = 0,

    /// <summary>The state does not take it: 409.</summary>
    StateRefuses = 1,

    /// <summary>This person may not: 403.</summary>
    PersonMayNot = 2,

    /// <summary>The case has moved on: 412.</summary>
    VersionIsStale = 3,

    /// <summary>The command lacks something: 400.</summary>
    BodyIsIncomplete = 4,

    /// <summary>There is no such case: 404.</summary>
    NoSuchCase = 5,
}
