using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SmartCommunity.Api.SignIn;

/// <summary>Bearer tokens for software, a cookie for the console; the header decides which of them a request is judged by.</summary>
internal static class SignInServices
{
    public const string Scheme = "smart-community";
    public const string Bearer = "bearer";
    public const string Cookie = "cookie";
    public const string CookieName = "smartcommunity";

    /// <summary>The policy of everything but sign-out and <c>me</c>: staff, not residents.</summary>
    public const string Staff = "staff";

    public static IServiceCollection AddSignIn(this IServiceCollection services, ApiOptions options)
    {
        var protection = services.AddDataProtection().SetApplicationName("SmartCommunity");
        if (options.KeysFolder is { } folder)
        {
            protection.PersistKeysToFileSystem(new(folder));

            // It warns that the keys are not encrypted. They lie beside the data, and whoever reads the data needs no ticket.
            services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error));
        }
        else
        {
            protection.UseEphemeralDataProtectionProvider();
        }

        services.AddAuthentication(Scheme)
            .AddPolicyScheme(Scheme, displayName: null, scheme => scheme.ForwardDefaultSelector = SelectScheme)
            .AddBearerToken(Bearer, token => token.BearerTokenExpiration = options.TicketLifetime)
            .AddCookie(Cookie, cookie => Configure(cookie, options));

        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(IsSignedInOrRefused).Build())
            .SetDefaultPolicy(SignedIn().Build())
            .AddPolicy(Staff, SignedIn().RequireAssertion(context => context.User.Identity is PersonIdentity { Person.IsStaff: true }).Build());

        services.AddSingleton<IAuthorizationMiddlewareResultHandler, RefusalHandler>();
        services.AddSingleton<IClaimsTransformation, LivePerson>();
        services.AddSingleton<SignedOutTickets>();
        services.AddSingleton<PasswordChecker>();
        services.AddSingleton<FailureThrottle>();
        return services;
    }

    private static AuthorizationPolicyBuilder SignedIn() => new AuthorizationPolicyBuilder().RequireAuthenticatedUser();

    // What routing itself answers (405, 415) is no route: a sign-in of the wrong media type must say so, instead of asking to sign in first.
    private static bool IsSignedInOrRefused(AuthorizationHandlerContext context) =>
        context.User.Identity is { IsAuthenticated: true } || (context.Resource is HttpContext http && http.GetEndpoint() is { } and not RouteEndpoint);

    private static string SelectScheme(HttpContext context) => context.Request.Headers.Authorization.Count > 0 ? Bearer : Cookie;

    private static void Configure(CookieAuthenticationOptions cookie, ApiOptions options)
    {
        cookie.Cookie.Name = CookieName;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Strict;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.Cookie.IsEssential = true;
        cookie.ExpireTimeSpan = options.TicketLifetime;
        cookie.SlidingExpiration = true;

        // The page asks for sign-in itself; a redirect would only hide the 401 from it.
        cookie.Events.OnRedirectToLogin = context => Answer(context, StatusCodes.Status401Unauthorized);
        cookie.Events.OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden);
    }

    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        context.Response.StatusCode = status;
        if (status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }

        return Task.CompletedTask;
    }
}
