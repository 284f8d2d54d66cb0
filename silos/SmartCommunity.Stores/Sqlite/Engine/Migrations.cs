using System.Globalization;
using System.Reflection;

namespace SmartCommunity.Stores.Sqlite.Engine;

/// <summary>The schema in numbered SQL files (<c>Sqlite/Schema/0001-….sql</c>); the database's <c>user_version</c> is the number of the last one that it
/// has.</summary>
internal static class Migrations
{
    /// <summary>«SCST»: marks a file as ours.</summary>
    public const int ApplicationId = 0x53435354;

    private static readonly Assembly Assembly = typeof(Migrations).Assembly;

    private static readonly (int Version, string Resource)[] Steps =
    [
        .. Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Select(name => (int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name))
            .OrderBy(step => step.Item1),
    ];

    /// <summary>The newest version that this program knows.</summary>
    public static int Latest => Steps[^1].Version;

    /// <summary>Brings the database to the newest version, a transaction per step.</summary>
    /// <returns>The version that it had.</returns>
    public static int Apply(Connection connection)
    {
        var before = (int)connection.ReadInt64("PRAGMA user_version");
        foreach (var (version, resource) in Steps.Where(step => step.Version > before))
        {
            connection.Execute(string.Create(
                CultureInfo.InvariantCulture,
                $"BEGIN IMMEDIATE; {ReadText(resource)}; PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {version}; COMMIT;"));
        }

        return before;
    }

    private static string ReadText(string resource)
    {
        using var reader = new StreamReader(Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
