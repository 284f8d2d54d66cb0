namespace SmartCommunity.TestKit.Processes;

/// <summary>Programs of the machine that a test may use but that the project does not need.</summary>
public static class InstalledTool
{
    /// <summary>The path of a program, looked for on the PATH; null when it is not installed.</summary>
    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);

    /// <summary>Why a test that needs the program can not run here; null when it can.</summary>
    public static string? WhyNot(string name) => Find(name) is null ? $"{name} is not installed on this machine." : null;
}
