using SmartCommunity.Api.Input;
using SmartCommunity.Events;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Incidents.Cases;
using SmartCommunity.Incidents.People;

namespace SmartCommunity.Api.Incidents;

/// <summary>What a command needs; members that the command does not know are ignored.</summary>
/// <param name="Note">Why, or what was done, in the person's words.</param>
/// <param name="ReasonCode">A reason code, for reject and false-alarm.</param>
/// <param name="Assignee">The person to dispatch to.</param>
/// <param name="Passed">What a check said.</param>
/// <param name="Severity">The severity that registration fixes: P0 to P3.</param>
/// <param name="Into">The incident to merge into.</param>
/// <param name="Evidence">Photos or readings, by reference.</param>
public sealed record CommandBody(
    string? Note = null, string? ReasonCode = null, string? Assignee = null, bool? Passed = null, string? Severity = null, string? Into = null,
    IReadOnlyList<EvidenceLink>? Evidence = null)
{
    private const int MaxLinkLength = 2048;

    internal IncidentCommand ToCommand(string name, string commandId, long? expectedVersion, Actor actor, InputChecker input, ApiOptions options) => new()
    {
        Name = name,
        CommandId = commandId,
        ExpectedVersion = expectedVersion,
        Actor = actor,
        Note = input.Text("note", Note, options.MaxNoteLength) ?? "",
        ReasonCode = string.IsNullOrEmpty(ReasonCode) ? null : input.Text("reasonCode", ReasonCode, Identifier.MaxLength),
        Assignee = input.Id<PersonId>("assignee", Assignee),
        Passed = Passed,
        Severity = ReadSeverity(input),
        Into = input.Id<IncidentId>("into", Into),
        Evidence = ReadEvidence(input, options),
    };

    private Severity? ReadSeverity(InputChecker input)
    {
        var names = input.Names<Severity>("severity", Severity);
        return names.Length == 1 ? names[0] : null;
    }

    private IReadOnlyList<EvidenceLink> ReadEvidence(InputChecker input, ApiOptions options)
    {
        var links = Evidence ?? [];
        if (links.Count > options.MaxEvidence)
        {
            input.Add("evidence", InputTexts.TooMany(options.MaxEvidence));
        }

        for (var i = 0; i < Math.Min(links.Count, options.MaxEvidence); i++)
        {
            var path = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"evidence[{i}]");
            if (links[i] is not { Type.Length: > 2 and < 128 } link || !link.Type.Contains('/', StringComparison.Ordinal))
            {
                input.Add(path + ".type", InputTexts.NotAMediaType, InputTexts.MediaTypeHint);
            }
            else if (link.Uri is not { Length: > 0 and <= MaxLinkLength } || !IsLink(link.Uri))
            {
                input.Add(path + ".uri", InputTexts.NotALink, InputTexts.LinkHint);
            }
        }

        return links;
    }

    // A script: or data: link would run or hide something on the screen of whoever opens it; "//host" would leave the site.
    private static bool IsLink(string uri) => uri.StartsWith('/')
        ? !uri.StartsWith("//", StringComparison.Ordinal) && !uri.Contains('\\', StringComparison.Ordinal)
        : Uri.TryCreate(uri, UriKind.Absolute, out var link) && (link.Scheme == Uri.UriSchemeHttps || link.Scheme == Uri.UriSchemeHttp);
}
