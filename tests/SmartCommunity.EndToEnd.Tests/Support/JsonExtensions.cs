using System.Text.Json;

namespace SmartCommunity.EndToEnd.Tests.Support;

internal static class JsonExtensions
{
    public static string? Text(this JsonElement json, string name) => json.GetProperty(name).GetString();

    public static string Id(this JsonElement json) => json.Text("id")!;

    public static long Version(this JsonElement json) => json.GetProperty("version").GetInt64();
}
