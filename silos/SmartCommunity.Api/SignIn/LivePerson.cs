using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using SmartCommunity.Events.Ids;
using SmartCommunity.Grains.Communities;

namespace SmartCommunity.Api.SignIn;

/// <summary>
/// Turns the ticket of a request into the person of this moment. A ticket holds an id and no roles, so that a person who was removed, or whose
/// role was taken away, is out with the next request.
/// </summary>
internal sealed class LivePerson(CommunityDirectory directory, SignedOutTickets signedOut) : IClaimsTransformation
{
    private static readonly ClaimsPrincipal Nobody = new(new ClaimsIdentity());

    public async Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
    {
        if (principal.Identity is PersonIdentity or { IsAuthenticated: false } or null)
        {
            return principal;
        }

        var ticketId = principal.FindFirstValue(SignInTicket.TicketIdClaim);
        return ticketId is not null
            && Identifier.TryParse<PersonId>(principal.FindFirstValue(SignInTicket.PersonClaim), out var id)
            && !await signedOut.ContainsAsync(ticketId)
            && SignedInPerson.Find(directory, id) is { } person
            ? new(new PersonIdentity(person, ticketId))
            : Nobody;
    }
}
