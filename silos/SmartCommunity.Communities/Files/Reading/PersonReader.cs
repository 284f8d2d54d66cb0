using SmartCommunity.Communities.Files.Tree;
using SmartCommunity.Communities.Model;
using SmartCommunity.Communities.Texts;
using SmartCommunity.Events.Ids;
using SmartCommunity.Incidents.People;

namespace SmartCommunity.Communities.Files.Reading;

/// <summary>Reads people.</summary>
internal static class PersonReader
{
    /// <summary>The roles that a person can have, by their names in the file.</summary>
    public static readonly IReadOnlyDictionary<string, Role> Roles = new Dictionary<string, Role>(StringComparer.Ordinal)
    {
        ["grid-worker"] = Role.GridWorker,
        ["acceptor"] = Role.Acceptor,
        ["duty-officer"] = Role.DutyOfficer,
        ["dispatcher"] = Role.Dispatcher,
        ["handler"] = Role.Handler,
        ["checker"] = Role.Checker,
        ["property-manager"] = Role.PropertyManager,
        ["administrator"] = Role.Administrator,
        ["resident"] = Role.Resident,
    };

    public static Person? Read(FileNode node, string path, ReadingContext context)
    {
        var reader = new MappingReader(context, node, path);
        var id = reader.Id<PersonId>("id", "zhang-wei");
        var name = reader.Name("name");
        var before = context.Problems.Count;
        var roles = reader.SomeOf("roles", Things.Role, Roles).ToList();
        if (roles.Count == 0 && context.Problems.Count == before)
        {
            context.Add(reader.PathOf("roles"), reader.MarkOf("roles"), CommunityTexts.NoRole(), CommunityTexts.WriteRole(string.Join(", ", Roles.Keys)));
        }

        var grids = reader.References<GridId>("grids", context.Grids, Things.Grid).ToList();
        reader.Finish();
        if (!reader.IsRight)
        {
            return null;
        }

        var person = new Person(id, name!.Zh, [.. roles], [.. grids]);
        context.KnownPeople.TryAdd(id.Value, person);
        return person;
    }
}
