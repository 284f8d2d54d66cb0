using System.Collections.Immutable;
using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using SmartCommunity.Api.Accounts;
using SmartCommunity.Api.Communities;
using SmartCommunity.Api.Input;
using SmartCommunity.Api.OpenApi;
using SmartCommunity.Api.Problems;
using SmartCommunity.Api.SignIn;
using SmartCommunity.Communities.Files;
using SmartCommunity.Communities.Model;
using SmartCommunity.Events.Ids;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Stores.Accounts;

namespace SmartCommunity.Api.Devices;

/// <summary><c>POST /api/v1/devices:import</c>: adds and changes devices by editing the community file, all or nothing.</summary>
internal static class ImportRoutes
{
    private static readonly LocalizedText Who = new("系统管理员或本社区的物业经理", "administrator, or property-manager of this community");

    public static void MapDeviceImport(this IEndpointRouteBuilder routes, ApiOptions options) => routes.MapPost("/devices:import", RunAsync).WithTags("devices")
        .Describe(
            "Import devices", "CSV with a header: id,kind,name,grid,building,zone,facade,floor,unit. All or nothing; every error is answered at once with its row. "
            + "New devices get tokens, which are shown once.")
        .Accepts<string>("text/csv")
        .WithMetadata(new BodyLimit(options.MaxFileBytes))
        .Produces<ImportAnswer>().ProducesProblems(400, 401, 403, 404, 412, 413);

    private static async Task<IResult> RunAsync(
        HttpContext context, SignedInPerson person, [Description("Whose devices; needed when you serve several communities.")] string? community,
        CommunityWriter writer, MqttTokens tokens, ApiOptions options, ILogger<ImportAnswer> logger)
    {
        var (snapshot, refusal) = FindCommunity(context, person, community);
        if (snapshot is null)
        {
            return refusal!;
        }

        var (text, unreadable) = await BodyText.ReadAsync(context, options.MaxFileBytes);
        if (text is null)
        {
            return unreadable!;
        }

        var input = new InputChecker(context);
        var rows = new ImportFile(input, options.MaxImportRows).Read(text);
        if (input.Problem is { } problem)
        {
            return problem;
        }

        var edit = ImportEdit.Of(snapshot, rows);
        if (edit.Added.IsEmpty && edit.Changed == 0)
        {
            return TypedResults.Ok(new ImportAnswer(snapshot.Community.Id.Value, snapshot.Version, 0, 0, rows.Count, []));
        }

        // Checked first by itself, so that errors can be said of rows instead of positions in the file.
        var file = CommunityFile.Write(edit.Community);
        var language = RequestLanguage.Of(context);
        if (CommunityFile.Parse(file).Problems is { Count: > 0 } problems)
        {
            return ApiProblem.Invalid(
                context, [.. problems.Select(item => new InputError(edit.RowOf(item.Path), item.What.In(language), item.Advice.In(language)))],
                ProblemKinds.ImportInvalid);
        }

        var (stored, refused) = await writer.WriteAsync(context, person, snapshot.Community.Id, file, snapshot.Version);
        if (stored is null)
        {
            return refused!;
        }

        var owners = edit.Added.Select(device => new TokenOwner(device.Value, IsDevice: true)).ToList();
        var issued = (await tokens.IssueAsync(owners, TokenRotation.AtOnce, context.RequestAborted))!;
        logger.DevicesImported(person.Id.Value, stored.Id, edit.Added.Length, edit.Changed);
        return TypedResults.Ok(
            new ImportAnswer(stored.Id, stored.Version, edit.Added.Length, edit.Changed, rows.Count - edit.Added.Length - edit.Changed,
            [.. issued.Select(token => new DeviceToken(token.Owner, token.Token, token.Id))]));
    }

    private static (CommunitySnapshot? Community, IResult? Refusal) FindCommunity(HttpContext context, SignedInPerson person, string? community)
    {
        var visible = person.VisibleCommunities;
        if (string.IsNullOrEmpty(community) && visible.Length != 1)
        {
            var input = new InputChecker(context);
            input.Add("community", InputTexts.Missing, ProblemTexts.NameCommunity(visible.Select(item => item.Community.Id.Value)));
            return (null, input.Problem);
        }

        var snapshot = string.IsNullOrEmpty(community) ? visible[0]
            : Identifier.TryParse<CommunityId>(community, out var id) ? person.FindVisible(id)
            : null;
        return snapshot is null ? (null, ApiProblem.NotFound(context, ProblemTexts.Community, community))
            : person.MayEdit(snapshot.Community.Id) ? (snapshot, null)
            : (null, ApiProblem.Of(context, ProblemKinds.Forbidden, ProblemTexts.NeedsRole(Who)));
    }
}

/// <summary>What an import did.</summary>
/// <param name="Community">Whose devices.</param>
/// <param name="Version">The version of the community's file now.</param>
/// <param name="Added">New devices.</param>
/// <param name="Changed">Devices that were there and are different now.</param>
/// <param name="Unchanged">Rows that said what was so already.</param>
/// <param name="Tokens">The tokens of the new devices; they can not be read again.</param>
public sealed record ImportAnswer(string Community, long Version, int Added, int Changed, int Unchanged, IReadOnlyList<DeviceToken> Tokens);
