namespace SmartCommunity.Host.Configuration;

/// <summary>The folder in which a deployment keeps everything.</summary>
public sealed class DataFolder
{
    private DataFolder(string path) => Path = path;

    /// <summary>The absolute path.</summary>
    public string Path { get; }

    /// <summary>The journal's folder.</summary>
    public string Journal => System.IO.Path.Combine(Path, "journal");

    /// <summary>The lasting MQTT sessions and retained messages.</summary>
    public string Sessions => System.IO.Path.Combine(Path, "sessions");

    /// <summary>The keys that protect sign-in tickets.</summary>
    public string Keys => System.IO.Path.Combine(Path, "keys");

    /// <summary>The logs of <c>serve</c>.</summary>
    public string Logs => System.IO.Path.Combine(Path, "logs");

    /// <summary>Makes the folder and tries whether it can be written to.</summary>
    /// <exception cref="StartException">It can not.</exception>
    public static DataFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            Create(full);
            var probe = System.IO.Path.Combine(full, ".write-probe");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return new(full);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"the data folder {full} can not be written to: {exception.Message}", exception);
        }
    }

    // What it holds is nobody else's business: events, names, hashes, keys.
    private static void Create(string full)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(full);
        }
        else
        {
            Directory.CreateDirectory(full, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
