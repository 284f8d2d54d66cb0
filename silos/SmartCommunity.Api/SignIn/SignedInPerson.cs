using System.Collections.Immutable;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using SmartCommunity.Communities.Model;
using SmartCommunity.Events.Ids;
using SmartCommunity.Grains.Communities;
using SmartCommunity.Incidents.People;

namespace SmartCommunity.Api.SignIn;

/// <summary>Whoever signed in, with the roles that they hold at this moment.</summary>
internal sealed class SignedInPerson
{
    private readonly CommunityDirectory _directory;

    private SignedInPerson(CommunityDirectory directory, PersonId id, string name, ImmutableArray<Membership> memberships)
    {
        _directory = directory;
        Id = id;
        Name = name;
        Memberships = memberships;
        IsAdministrator = memberships.Any(membership => membership.Roles.Contains(Role.Administrator));
        IsStaff = memberships.Any(membership => membership.IsStaff);
    }

    public PersonId Id { get; }

    public string Name { get; }

    /// <summary>The communities that they belong to.</summary>
    public ImmutableArray<Membership> Memberships { get; }

    /// <summary>A system administrator (系统管理员) looks after the whole deployment, not one community.</summary>
    public bool IsAdministrator { get; }

    /// <summary>Whether they are more than a resident somewhere.</summary>
    public bool IsStaff { get; }

    /// <summary>The communities whose places, devices and cases they may see: residents see none of them.</summary>
    public ImmutableArray<CommunitySnapshot> VisibleCommunities => IsAdministrator
        ? _directory.Communities
        : [.. Memberships.Where(membership => membership.IsStaff).Select(membership => membership.Community)];

    /// <summary>The person as the directory has them now; null when they belong to no community any more.</summary>
    public static SignedInPerson? Find(CommunityDirectory directory, PersonId id)
    {
        var found = directory.FindPerson(id);
        return found.IsEmpty ? null : new(directory, id, found[0].Person.Name, [.. found.Select(item => new Membership(item.Community, item.Person.Roles))]);
    }

    /// <summary>The community if it is there and they may see it.</summary>
    public CommunitySnapshot? FindVisible(CommunityId id) => VisibleCommunities.FirstOrDefault(item => item.Community.Id == id);

    /// <summary>Their roles in one community; an administrator is one everywhere.</summary>
    public ImmutableArray<Role> RolesIn(CommunityId id)
    {
        var own = Memberships.FirstOrDefault(membership => membership.Community.Community.Id == id)?.Roles ?? [];
        return IsAdministrator && !own.Contains(Role.Administrator) ? own.Add(Role.Administrator) : own;
    }

    /// <summary>Whether they may edit a community: administrators, and its property managers.</summary>
    public bool MayEdit(CommunityId id) => RolesIn(id).Any(role => role is Role.Administrator or Role.PropertyManager);

    /// <summary>For the parameters of route handlers.</summary>
    public static ValueTask<SignedInPerson> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context.User));

    /// <summary>Whoever gave this request.</summary>
    /// <exception cref="InvalidOperationException">The route is open without sign-in.</exception>
    public static SignedInPerson Of(ClaimsPrincipal user) =>
        user.Identity is PersonIdentity identity ? identity.Person : throw new InvalidOperationException("A route that wants the person must need sign-in.");
}

/// <summary>A person's part in one community.</summary>
internal sealed record Membership(CommunitySnapshot Community, ImmutableArray<Role> Roles)
{
    public bool IsStaff => Roles.Any(role => role is not (Role.Resident or Role.System));
}

/// <summary>The identity of a request whose ticket and person have been checked.</summary>
internal sealed class PersonIdentity(SignedInPerson person, string? ticketId) : ClaimsIdentity(authenticationType: "SmartCommunity")
{
    public SignedInPerson Person { get; } = person;

    public string? TicketId { get; } = ticketId;

    public override string Name => Person.Id.Value;
}
