using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using SmartCommunity.Events.Ids;

namespace SmartCommunity.Api.SignIn;

/// <summary>What a bearer token and a cookie carry, encrypted: who, and which sign-in it was.</summary>
internal static class SignInTicket
{
    public const string PersonClaim = "sub";
    public const string TicketIdClaim = "jti";

    public static AuthenticationTicket Create(PersonId person, DateTimeOffset now, TimeSpan lifetime, string scheme)
    {
        var identity = new ClaimsIdentity(
            [new(PersonClaim, person.Value), new(TicketIdClaim, Guid.NewGuid().ToString("N"))], scheme, PersonClaim, roleType: null);
        return new(new(identity), new() { IssuedUtc = now, ExpiresUtc = now + lifetime }, scheme);
    }
}
