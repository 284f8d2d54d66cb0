using System.Collections.Immutable;
using System.ComponentModel;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SmartCommunity.Api.Input;
using SmartCommunity.Api.OpenApi;
using SmartCommunity.Api.Problems;
using SmartCommunity.Api.SignIn;
using SmartCommunity.Events.Ids;
using SmartCommunity.Stores.DeadLetters;

namespace SmartCommunity.Api.DeadLetters;

/// <summary>A message that no decoder understood.</summary>
/// <param name="Gateway">Whose journal has it.</param>
/// <param name="Sequence">Where in that journal.</param>
/// <param name="ReceivedAt">When the gateway took it.</param>
/// <param name="Topic">Where it was published.</param>
/// <param name="Device">Who published it; null when it came from no device.</param>
/// <param name="Decoder">The decoder that refused it; empty when none is bound to the topic.</param>
/// <param name="Reason">What was wrong.</param>
/// <param name="Payload">The bytes as text when they are UTF-8, else null.</param>
/// <param name="PayloadBase64">The bytes in base64 when they are not UTF-8, else null.</param>
public sealed record DeadLetterItem(
    string Gateway, long Sequence, DateTimeOffset ReceivedAt, string Topic, string? Device, string Decoder, string Reason, string? Payload,
    string? PayloadBase64)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal static DeadLetterItem Of(StoredDeadLetter stored)
    {
        var letter = stored.Letter;
        var text = ReadText(letter.Payload.Span);
        return new(
            stored.Gateway, stored.Sequence, stored.ReceivedAt, letter.Topic, letter.Publisher?.Value, letter.Decoder, letter.Reason,
            text, text is null ? Convert.ToBase64String(letter.Payload.Span) : null);
    }

    private static string? ReadText(ReadOnlySpan<byte> payload) => System.Text.Unicode.Utf8.IsValid(payload) ? Strict.GetString(payload) : null;
}

/// <summary>A page of dead letters.</summary>
/// <param name="Items">Newest first; a page may hold fewer than were asked for although there are more.</param>
/// <param name="Next">The cursor of the next page; null at the end.</param>
/// <param name="Total">How many there are in all communities.</param>
public sealed record DeadLetterList(ImmutableArray<DeadLetterItem> Items, string? Next, long Total);

/// <summary>What no decoder understood.</summary>
internal static class DeadLetterRoutes
{
    public static void MapDeadLetters(this IEndpointRouteBuilder routes) => routes.MapGet("/deadletters", ListAsync).WithTags("dead letters")
        .Describe("Dead letters", "Messages that no decoder understood, with the reason, newest first. Those of no device are for administrators.")
        .Produces<DeadLetterList>().ProducesProblems(400, 401);

    private static async Task<IResult> ListAsync(
        HttpContext context, SignedInPerson person, IDeadLetterStore store, ApiOptions options,
        [Description("The next of the page before.")] string? cursor, [Description("How many, 1 to 500.")] string? limit)
    {
        var input = new InputChecker(context);
        var count = input.Number("limit", limit, 1, options.MaxPageSize, options.DefaultPageSize);
        if (input.Problem is { } problem)
        {
            return problem;
        }

        DeadLetterPage page;
        try
        {
            page = await store.ListAsync(string.IsNullOrEmpty(cursor) ? null : cursor, count, context.RequestAborted);
        }
        catch (FormatException)
        {
            input.Add("cursor", InputTexts.NotACursor, InputTexts.CursorHint);
            return input.Problem!;
        }

        var communities = person.VisibleCommunities;
        bool MaySee(DeviceId? device) => person.IsAdministrator || (device is { } id && communities.Any(item => item.Devices.ContainsKey(id)));
        return TypedResults.Ok(new DeadLetterList(
            [.. page.Items.Where(item => MaySee(item.Letter.Publisher)).Select(DeadLetterItem.Of)], page.Next, await store.CountAsync(context.RequestAborted)));
    }
}
