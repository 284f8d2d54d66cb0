using System.Reflection;

namespace SmartCommunity.Host.Configuration;

/// <summary>
/// Reads a section of the configuration into a record of options: what is absent keeps its default, and whatever is unknown or no value of its kind is named.
/// </summary>
/// <remarks>The framework's binder would pass over a misspelt limit, stop at the first mistake, and write into defaults that records share.</remarks>
internal static class OptionsSection
{
    /// <summary>Reads a section.</summary>
    /// <param name="configuration">Where the section is.</param>
    /// <param name="name">The section's name.</param>
    /// <param name="defaults">The record that is copied and changed.</param>
    /// <param name="fixedNames">Properties that are not for the configuration, because the program sets them.</param>
    /// <exception cref="StartException">Keys are unknown or values wrong; all of them in one line.</exception>
    public static T Read<T>(IConfiguration configuration, string name, T defaults, params string[] fixedNames) where T : class
    {
        var problems = new List<string>();
        var options = (T)Bind(configuration.GetSection(name), defaults, fixedNames, problems);
        return problems.Count == 0 ? options : throw new StartException(string.Join("; ", problems));
    }

    private static object Bind(IConfigurationSection section, object defaults, IReadOnlyCollection<string> fixedNames, List<string> problems)
    {
        var options = Copy(defaults);
        var settable = options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is { IsPublic: true } && !fixedNames.Contains(property.Name, StringComparer.Ordinal))
            .ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var child in section.GetChildren())
        {
            if (!settable.TryGetValue(child.Key, out var property))
            {
                problems.Add($"{child.Path} is not an option{Suggest(child.Key, settable.Keys)}");
            }
            else if (IsNested(property.PropertyType))
            {
                property.SetValue(options, Bind(child, property.GetValue(options)!, [], problems));
            }
            else if (OptionText.TryParse(child.Value ?? "", property.PropertyType, out var value))
            {
                property.SetValue(options, value);
            }
            else
            {
                problems.Add($"{child.Path} is '{child.Value}'; write {OptionText.Describe(property.PropertyType)}");
            }
        }

        return options;
    }

    // Every record has it; «with» calls it.
    private static object Copy(object record) => record.GetType().GetMethod("<Clone>$")!.Invoke(record, null)!;

    private static bool IsNested(Type type) => type.GetMethod("<Clone>$") is not null;

    private static string Suggest(string key, IEnumerable<string> names)
    {
        var nearest = names.Select(name => (Name: name, Distance: EditDistance(key.ToUpperInvariant(), name.ToUpperInvariant()))).OrderBy(item => item.Distance).FirstOrDefault();
        return nearest.Name is not null && nearest.Distance <= Math.Max(2, key.Length / 3) ? $"; is {nearest.Name} meant?" : "";
    }

    // Levenshtein's distance, row by row.
    private static int EditDistance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[^1];
    }
}
