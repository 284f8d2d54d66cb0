using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SmartCommunity.Api.Problems;

namespace SmartCommunity.Api.Security;

/// <summary>
/// Refuses changes that a page of another site asks for with the cookie. SameSite=Strict already keeps the cookie from them; this also covers sites of the same
/// registrable domain and browsers that do not know SameSite. Requests with a bearer token are not concerned: no page can make a browser send one.
/// </summary>
internal static class SameOriginGuard
{
    public static void UseSameOriginGuard(this IApplicationBuilder app) => app.Use((context, next) =>
        IsUnsafe(context.Request) && IsForeign(context.Request) ? ApiProblem.WriteAsync(context, ProblemKinds.CrossOrigin) : next(context));

    private static bool IsUnsafe(HttpRequest request) => request.Headers.Authorization.Count == 0
        && !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method));

    // The host is compared, not the scheme: a proxy in front may have ended TLS.
    private static bool IsForeign(HttpRequest request) =>
        request.Headers.Origin.ToString() is { Length: > 0 } origin
        && !(Uri.TryCreate(origin, UriKind.Absolute, out var site) && site.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
}
