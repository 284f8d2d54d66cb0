using System.Globalization;

namespace SmartCommunity.Communities.Files.Tree;

/// <summary>Writes paths like <c>devices[17].zone</c>.</summary>
internal static class FilePath
{
    public static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    public static string Index(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
}
