namespace SmartCommunity.TestKit.Processes;

/// <summary>Who may read a file.</summary>
public static class FileModes
{
    /// <summary>Whether nobody but the owner may read or write it; true where files have no such modes.</summary>
    public static bool IsOwnersAlone(string path) =>
        OperatingSystem.IsWindows() || File.GetUnixFileMode(path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite);
}
