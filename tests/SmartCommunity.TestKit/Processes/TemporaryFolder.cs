namespace SmartCommunity.TestKit.Processes;

/// <summary>A folder of its own below the system's temporary one, removed at the end.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>The absolute path; the folder exists.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("smartcommunity-").FullName;

    /// <summary>A path inside it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A process that was killed a moment ago may still hold a file; the system's own cleaning takes what is left.
        }
    }
}
