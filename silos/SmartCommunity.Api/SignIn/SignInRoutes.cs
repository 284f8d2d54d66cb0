using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartCommunity.Api.Metrics;
using SmartCommunity.Api.OpenApi;
using SmartCommunity.Api.Problems;

namespace SmartCommunity.Api.SignIn;

/// <summary>Sign-in, sign-out, and who am I.</summary>
internal static class SignInRoutes
{
    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/sign-in", SignInAsync).AllowAnonymous().WithTags("sign-in")
            .Describe("Sign in", "Answers a bearer token; with ?cookie=true it sets a cookie instead, for pages of this site.")
            .Produces<SignInAnswer>().ProducesProblems(400, 401, 429);
        routes.MapPost("/sign-out", SignOutAsync).RequireAuthorization().WithTags("sign-in")
            .Describe("Sign out", "Ends this sign-in at once, also for whoever has a copy of the token.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblems(401);
        routes.MapGet("/me", (HttpContext context, SignedInPerson person) => MeView.Of(person, RequestLanguage.Of(context)))
            .RequireAuthorization().WithTags("sign-in")
            .Describe("Who am I", "The signed-in person with the roles that they hold now.")
            .ProducesProblems(401);
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context, SignInRequest request, bool? cookie, PasswordChecker passwords, FailureThrottle throttle, ApiOptions options, TimeProvider time,
        ApiMetrics metrics, IOptionsMonitor<BearerTokenOptions> bearer, ILogger<SignedInPerson> logger)
    {
        var address = context.Connection.RemoteIpAddress;
        if (!throttle.TryTake(address, out var wait))
        {
            metrics.SignIn("throttled");
            return TooManyAttempts(context, wait);
        }

        if (await passwords.CheckAsync(request.User, request.Password, context.RequestAborted) is not { } person)
        {
            metrics.SignIn("refused");
            logger.SignInRefused(address?.ToString() ?? "?");
            return ApiProblem.Of(context, ProblemKinds.WrongSignIn);
        }

        throttle.GiveBack(address);
        metrics.SignIn("accepted");
        logger.SignedIn(person.Id.Value, address?.ToString() ?? "?");
        var now = time.GetUtcNow();
        var me = MeView.Of(person, RequestLanguage.Of(context));
        if (cookie is true)
        {
            var page = SignInTicket.Create(person.Id, now, options.TicketLifetime, SignInServices.Cookie);
            await context.SignInAsync(SignInServices.Cookie, page.Principal, page.Properties);
            return TypedResults.Ok(new SignInAnswer(null, now + options.TicketLifetime, me));
        }

        // The handler reads the scheme name with ":AccessToken" behind it, as its own sign-in writes it.
        var ticket = SignInTicket.Create(person.Id, now, options.TicketLifetime, $"{SignInServices.Bearer}:AccessToken");
        var token = bearer.Get(SignInServices.Bearer).BearerTokenProtector.Protect(ticket);
        return TypedResults.Ok(new SignInAnswer(token, now + options.TicketLifetime, me));
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, SignedOutTickets signedOut)
    {
        if (context.User.Identity is PersonIdentity { TicketId: { } ticket })
        {
            await signedOut.AddAsync(ticket, context.RequestAborted);
        }

        await context.SignOutAsync(SignInServices.Cookie);
        return TypedResults.NoContent();
    }

    private static IResult TooManyAttempts(HttpContext context, TimeSpan wait)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return ApiProblem.Of(context, ProblemKinds.TooManyAttempts, ProblemTexts.RetryAfter(seconds));
    }
}
