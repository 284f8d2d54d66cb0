using SmartCommunity.TestKit.Processes;

namespace SmartCommunity.Mqtt.Client.Tests.Brokers;

/// <summary>A test that needs a program of the machine, and says so where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactIfInstalledAttribute : FactAttribute
{
    public FactIfInstalledAttribute(string tool)
    {
        Tool = tool;
        Skip = InstalledTool.WhyNot(tool);
    }

    public string Tool { get; }
}
