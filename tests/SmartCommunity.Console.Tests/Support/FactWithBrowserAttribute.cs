using SmartCommunity.TestKit.Processes;

namespace SmartCommunity.Console.Tests.Support;

/// <summary>A test that needs Chromium, and says so where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactWithBrowserAttribute : FactAttribute
{
    public FactWithBrowserAttribute() => Skip = Browser is null ? InstalledTool.WhyNot("chromium") : null;

    /// <summary>The browser's program; null when there is none.</summary>
    public static string? Browser { get; } = InstalledTool.Find("chromium") ?? InstalledTool.Find("chromium-browser") ?? InstalledTool.Find("google-chrome");
}
