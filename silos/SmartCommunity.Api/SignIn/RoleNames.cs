using System.Text.Json;
using SmartCommunity.Incidents.People;

namespace SmartCommunity.Api.SignIn;

/// <summary>Roles as the API writes them: <c>grid-worker</c>.</summary>
internal static class RoleNames
{
    private static readonly Dictionary<Role, string> Names = Enum.GetValues<Role>()
        .ToDictionary(role => role, role => JsonNamingPolicy.KebabCaseLower.ConvertName(role.ToString()));

    public static string Of(Role role) => Names[role];
}
