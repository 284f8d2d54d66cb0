using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Api.Problems;

/// <summary>Builds problem details (RFC 9457): what was wrong, where, and what to do.</summary>
/// <remarks><c>type</c> is <c>urn:smartcommunity:problem:{code}</c> and <c>code</c> is repeated as a member, so that software need not read the text.</remarks>
internal static class ApiProblem
{
    public const string MediaType = "application/problem+json";

    /// <summary>An answer that is a problem.</summary>
    public static IResult Of(HttpContext context, ProblemKind kind, LocalizedText? detail = null, IReadOnlyDictionary<string, object?>? members = null) =>
        new ProblemResult(Details(context, kind, detail, members));

    /// <summary>There is no such thing, or this person may not know of it: the two must not differ.</summary>
    public static IResult NotFound(HttpContext context, LocalizedText what, string? id) =>
        Of(context, ProblemKinds.NotFound, ProblemTexts.NotFound(what, id ?? ""));

    /// <summary>The input has errors; all of them are listed.</summary>
    public static IResult Invalid(HttpContext context, IReadOnlyList<InputError> errors, ProblemKind? kind = null)
    {
        Dictionary<string, object?> members = new(StringComparer.Ordinal) { ["errors"] = errors };
        return Of(context, kind ?? ProblemKinds.InvalidInput, ProblemTexts.Errors(errors.Count), members);
    }

    public static ProblemDetails Details(
        HttpContext context, ProblemKind kind, LocalizedText? detail = null, IReadOnlyDictionary<string, object?>? members = null)
    {
        var language = RequestLanguage.Of(context);
        var problem = new ProblemDetails
        {
            Type = $"urn:smartcommunity:problem:{kind.Code}",
            Title = kind.Title.In(language),
            Status = kind.Status,
            Detail = (detail ?? kind.Detail)?.In(language),
            Instance = context.Request.Path,
        };
        problem.Extensions["code"] = kind.Code;
        problem.Extensions["traceId"] = context.TraceIdentifier;
        foreach (var (name, value) in members ?? new Dictionary<string, object?>(StringComparer.Ordinal))
        {
            problem.Extensions[name] = value;
        }

        return problem;
    }

    /// <summary>Writes a problem outside a route: for middleware.</summary>
    public static Task WriteAsync(HttpContext context, ProblemKind kind, LocalizedText? detail = null) => Of(context, kind, detail).ExecuteAsync(context);

    private sealed class ProblemResult(ProblemDetails problem) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => problem.Status;

        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = problem.Status ?? StatusCodes.Status500InternalServerError;
            return httpContext.Response.WriteAsJsonAsync(problem, ApiJson.Options, MediaType, httpContext.RequestAborted);
        }
    }
}

/// <summary>One thing that is wrong with the input.</summary>
/// <param name="Path">Where: a query parameter, a member of the body, a path in a file, or a row of an import.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Hint">What to write instead; may be empty.</param>
public sealed record InputError(string Path, string Message, string Hint);
