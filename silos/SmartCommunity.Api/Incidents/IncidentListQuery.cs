using System.Collections.Immutable;
using System.ComponentModel;
using SmartCommunity.Api.Input;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Incidents.Cases;
using SmartCommunity.Stores.Incidents;

namespace SmartCommunity.Api.Incidents;

/// <summary>Which cases to list.</summary>
internal sealed record IncidentListQuery(
    [property: Description("Only of this community.")] string? Community,
    [property: Description("States, separated by commas; or open, or ended.")] string? State,
    [property: Description("Severities, separated by commas: P0,P1.")] string? Severity,
    [property: Description("Only of this building.")] string? Building,
    [property: Description("Only of this grid.")] string? Grid,
    [property: Description("What it is about, for example falling-object.")] string? Kind,
    [property: Description("Only with this device.")] string? Device,
    [property: Description("Text that occurs in the title, the reason or the id.")] string? Q,
    [property: Description("Opened at or after.")] string? From,
    [property: Description("Opened before.")] string? To,
    [property: Description("The next of the page before.")] string? Cursor,
    [property: Description("How many, 1 to 500.")] string? Limit)
{
    private const string OpenOnly = "open";
    private const string EndedOnly = "ended";
    private const int MaxTextLength = 200;
    private static readonly string[] StateWords = [.. Enum.GetNames<IncidentState>(), OpenOnly, EndedOnly];

    public IncidentQuery Read(InputChecker input, ApiOptions options)
    {
        var states = input.Words("state", State, StateWords);
        var query = new IncidentQuery
        {
            Community = input.Id<CommunityId>("community", Community),
            Open = Has(states, OpenOnly) ? true : Has(states, EndedOnly) ? false : null,
            States = [.. states.Where(state => state is not (OpenOnly or EndedOnly)).Select(Enum.Parse<IncidentState>)],
            Severities = input.Names<Severity>("severity", Severity),
            Building = input.Id<BuildingId>("building", Building),
            Grid = input.Id<GridId>("grid", Grid),
            Kind = string.IsNullOrEmpty(Kind) ? null : input.Text("kind", Kind, Identifier.MaxLength),
            Device = input.Id<DeviceId>("device", Device),
            Text = string.IsNullOrEmpty(Q) ? null : input.Text("q", Q, MaxTextLength),
            From = input.Time("from", From),
            To = input.Time("to", To),
            Cursor = string.IsNullOrEmpty(Cursor) ? null : Cursor,
            Limit = input.Number("limit", Limit, 1, options.MaxPageSize, options.DefaultPageSize),
        };
        if (query.From >= query.To)
        {
            input.Add("from", InputTexts.FromAfterTo, InputTexts.SwapThem);
        }

        return query;
    }

    private static bool Has(ImmutableArray<string> words, string word) => words.Contains(word, StringComparer.Ordinal);
}
