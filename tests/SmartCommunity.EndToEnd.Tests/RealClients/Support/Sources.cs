namespace SmartCommunity.EndToEnd.Tests.RealClients.Support;

/// <summary>Where the scripts and their packages lie: in the checkout that the tests were built from.</summary>
internal static class Sources
{
    /// <summary>The folder RealClients.</summary>
    public static string RealClients { get; } = Path.GetDirectoryName(Here())!;

    private static string Here([System.Runtime.CompilerServices.CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
