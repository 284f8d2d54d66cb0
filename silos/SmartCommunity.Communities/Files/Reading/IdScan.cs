using SmartCommunity.Communities.Files.Tree;
using SmartCommunity.Communities.Texts;

namespace SmartCommunity.Communities.Files.Reading;

/// <summary>Finds which ids a file defines, before anything refers to them, and which it defines twice.</summary>
internal static class IdScan
{
    public static void Run(MappingNode root, ReadingContext context)
    {
        Scan(root, "grids", context.Grids, context);
        Scan(root, "buildings", context.Buildings, context, context.Grids);
        Scan(root, "zones", context.Zones, context, context.Grids, context.Buildings);
        Scan(root, "devices", context.Devices, context);
        Scan(root, "people", context.People, context);
        Scan(root, "rules", context.Rules, context);
    }

    /// <param name="root">The file.</param>
    /// <param name="section">The list that defines the ids.</param>
    /// <param name="ids">Takes them.</param>
    /// <param name="context">Takes what is wrong.</param>
    /// <param name="others">Sections that may not have the same id: topics and addresses name places without saying of which sort.</param>
    private static void Scan(MappingNode root, string section, IdIndex ids, ReadingContext context, params IdIndex[] others)
    {
        if (root.Entries.FirstOrDefault(entry => entry.Key == section)?.Value is not SequenceNode list)
        {
            return;
        }

        for (var i = 0; i < list.Items.Count; i++)
        {
            if (list.Items[i] is MappingNode item && item.Entries.FirstOrDefault(entry => entry.Key == "id")?.Value is ScalarNode { Text: { } id } scalar)
            {
                var path = FilePath.Join(FilePath.Index(section, i), "id");
                var first = ids.Add(id, path) ?? others.Select(other => other.Find(id)).FirstOrDefault(found => found is not null);
                if (first is not null)
                {
                    context.Add(path, scalar.Mark, CommunityTexts.DuplicateId(id, first), CommunityTexts.WriteOtherId());
                }
            }
        }
    }
}
