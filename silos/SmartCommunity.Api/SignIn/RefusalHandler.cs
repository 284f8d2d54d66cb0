using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;

namespace SmartCommunity.Api.SignIn;

/// <summary>
/// Answers 401 to whoever holds a good ticket but is nobody any more. The framework would answer 403, because the ticket itself was in order.
/// </summary>
internal sealed class RefusalHandler : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _otherwise = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult) =>
        _otherwise.HandleAsync(
            next, context, policy,
            authorizeResult.Forbidden && context.User.Identity is not { IsAuthenticated: true } ? PolicyAuthorizationResult.Challenge() : authorizeResult);
}
