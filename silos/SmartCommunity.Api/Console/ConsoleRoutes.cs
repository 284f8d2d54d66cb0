using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace SmartCommunity.Api.Console;

/// <summary>Serves the console's static files: <c>/</c> and <c>/assets/…</c>, open without sign-in (they hold no data).</summary>
public static class ConsoleRoutes
{
    /// <summary>Serves the folder of <see cref="ApiOptions.ConsoleFolder"/>; when it is not there, a log line says so and nothing is served.</summary>
    public static void MapConsole(this IEndpointRouteBuilder routes)
    {
        var options = routes.ServiceProvider.GetRequiredService<ApiOptions>();
        if (!File.Exists(Path.Combine(options.ConsoleFolder, "index.html")))
        {
            routes.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger("SmartCommunity.Api").NoConsole(options.ConsoleFolder);
            return;
        }

        // PhysicalFileProvider answers nothing from outside its folder.
        var files = new PhysicalFileProvider(options.ConsoleFolder);
        var types = new FileExtensionContentTypeProvider();
        routes.MapMethods("/", [HttpMethods.Get, HttpMethods.Head], context => SendAsync(context, files, types, "index.html"))
            .AllowAnonymous().ExcludeFromDescription();
        routes.MapMethods(
            "/assets/{**path}", [HttpMethods.Get, HttpMethods.Head], context => SendAsync(context, files, types, $"assets/{context.GetRouteValue("path")}"))
            .AllowAnonymous().ExcludeFromDescription();
    }

    private static Task SendAsync(HttpContext context, PhysicalFileProvider files, FileExtensionContentTypeProvider types, string path)
    {
        var file = files.GetFileInfo(path);
        if (!file.Exists || file.PhysicalPath is null || !types.TryGetContentType(path, out var type))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        // Browsers ask each time whether it has changed, so that a new version shows at once; the answer is usually 304.
        context.Response.Headers.CacheControl = "no-cache";
        var text = type.StartsWith("text/", StringComparison.Ordinal) || type.Contains("json", StringComparison.Ordinal)
            || type.Contains("svg", StringComparison.Ordinal);
        var tag = new EntityTagHeaderValue($"\"{file.LastModified.ToUnixTimeMilliseconds():x}-{file.Length:x}\"");
        return Results.File(file.PhysicalPath, text ? $"{type}; charset=utf-8" : type, lastModified: file.LastModified, entityTag: tag).ExecuteAsync(context);
    }
}
