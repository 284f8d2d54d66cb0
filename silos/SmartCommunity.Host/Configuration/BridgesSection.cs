using SmartCommunity.Gateway.Bridging.Configuration;

namespace SmartCommunity.Host.Configuration;

/// <summary>
/// The list <c>Bridges</c>: the brokers of sites that this gateway takes messages from, in appsettings.json, in the environment
/// (<c>Bridges__0__Url</c>), or in a JSON file of its own (<c>--bridges FILE</c>), which holds the same list and replaces it.
/// </summary>
internal static class BridgesSection
{
    /// <summary>The section's name.</summary>
    public const string Name = "Bridges";

    /// <exception cref="StartException">The file can not be read, a key is unknown, or a value is of another kind. What the values mean is checked later.</exception>
    public static IReadOnlyList<BridgeSettings> Read(IConfiguration configuration, HostSettings settings)
    {
        var source = settings.BridgesFile is { Length: > 0 } file ? ReadFile(file) : configuration;
        try
        {
            return source.GetSection(Name).Get<List<BridgeSettings>>(options => options.ErrorOnUnknownConfiguration = true) ?? [];
        }
        catch (InvalidOperationException exception)
        {
            throw new StartException($"{Name}: {(exception.InnerException ?? exception).Message}", exception);
        }
    }

    private static IConfigurationRoot ReadFile(string file)
    {
        try
        {
            var read = new ConfigurationBuilder().AddJsonFile(Path.GetFullPath(file), optional: false, reloadOnChange: false).Build();
            return read.GetSection(Name).Exists() ? read : throw new StartException($"the file {file} has no list \"{Name}\"");
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new StartException($"the bridges file {file} can not be used: {(exception.InnerException ?? exception).Message}", exception);
        }
    }
}
