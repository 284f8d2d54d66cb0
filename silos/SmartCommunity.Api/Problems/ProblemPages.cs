using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SmartCommunity.Stores.Faults;

namespace SmartCommunity.Api.Problems;

/// <summary>Makes problem details of what no handler answered: exceptions, and statuses without a body.</summary>
internal static class ProblemPages
{
    public static void UseProblems(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = HandleAsync, SuppressDiagnosticsCallback = _ => true });
        app.UseStatusCodePages(page => ApiProblem.WriteAsync(page.HttpContext, ProblemKinds.ForStatus(page.HttpContext.Response.StatusCode)));
    }

    private static async Task HandleAsync(HttpContext context)
    {
        var exception = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        switch (exception)
        {
            case BadHttpRequestException { StatusCode: var status } bad:
                await WriteBadRequestAsync(context, status, bad);
                break;
            case OperationCanceledException when context.RequestAborted.IsCancellationRequested:
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
                break;
            case StoreUnavailableException:
                Log(context).RequestFailed(exception, context.Request.Method, context.Request.Path, context.TraceIdentifier);
                await ApiProblem.WriteAsync(context, ProblemKinds.Busy);
                break;
            case null:
                break;
            default:
                Log(context).RequestFailed(exception, context.Request.Method, context.Request.Path, context.TraceIdentifier);
                await ApiProblem.WriteAsync(context, ProblemKinds.Internal);
                break;
        }
    }

    private static Task WriteBadRequestAsync(HttpContext context, int status, BadHttpRequestException exception)
    {
        // The path within the body says where; the framework's own message would name our types.
        if (exception.InnerException is JsonException { Path: { } path } json)
        {
            var line = json.LineNumber is { } number ? string.Create(CultureInfo.InvariantCulture, $"line {number + 1}") : "";
            var message = ProblemTexts.NotJson(path).In(RequestLanguage.Of(context));
            return ApiProblem.Invalid(context, [new(path, message, line)], ProblemKinds.Unreadable).ExecuteAsync(context);
        }

        return ApiProblem.WriteAsync(context, ProblemKinds.ForStatus(status));
    }

    private static ILogger Log(HttpContext context) =>
        ((ILoggerFactory)context.RequestServices.GetService(typeof(ILoggerFactory))!).CreateLogger("SmartCommunity.Api");
}
