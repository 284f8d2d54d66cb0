using System.Collections.Immutable;
using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Api.SignIn;

/// <summary>The body of sign-in.</summary>
/// <param name="User">The person's id.</param>
/// <param name="Password">Their password.</param>
public sealed record SignInRequest(string? User, string? Password);

/// <summary>A sign-in.</summary>
/// <param name="Token">For <c>Authorization: Bearer</c>; null when a cookie was asked for.</param>
/// <param name="ExpiresAt">Until when it is good; a cookie in use is renewed.</param>
/// <param name="Person">Who signed in.</param>
public sealed record SignInAnswer(string? Token, DateTimeOffset ExpiresAt, MeView Person);

/// <summary>Whoever is signed in.</summary>
/// <param name="Id">The person.</param>
/// <param name="Name">Their name.</param>
/// <param name="Roles">All their roles, in kebab-case.</param>
/// <param name="Communities">The communities that they belong to; for an administrator, all.</param>
public sealed record MeView(string Id, string Name, ImmutableArray<string> Roles, ImmutableArray<MyCommunity> Communities)
{
    internal static MeView Of(SignedInPerson person, string language)
    {
        var snapshots = person.VisibleCommunities.Union(person.Memberships.Select(membership => membership.Community));
        return new(
            person.Id.Value,
            person.Name,
            [.. person.Memberships.SelectMany(membership => membership.Roles).Distinct().Select(RoleNames.Of)],
            [.. snapshots.Select(item => new MyCommunity(
                item.Community.Id.Value, item.Community.Name.In(language), [.. person.RolesIn(item.Community.Id).Select(RoleNames.Of)]))]);
    }
}

/// <summary>A community that someone belongs to.</summary>
/// <param name="Id">The community.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Roles">Their roles there.</param>
public sealed record MyCommunity(string Id, string Name, ImmutableArray<string> Roles);
