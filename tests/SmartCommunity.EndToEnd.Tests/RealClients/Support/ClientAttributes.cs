using SmartCommunity.TestKit.Processes;

namespace SmartCommunity.EndToEnd.Tests.RealClients.Support;

/// <summary>A test with mosquitto's programs.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MosquittoTheoryAttribute : TheoryAttribute
{
    public MosquittoTheoryAttribute() => Skip = InstalledTool.WhyNot("mosquitto_pub") ?? InstalledTool.WhyNot("mosquitto_sub") ?? InstalledTool.WhyNot("stdbuf");
}

/// <summary>A test with Paho for Python, as Debian packs it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PahoTheoryAttribute : TheoryAttribute
{
    private const string Module = "/usr/lib/python3/dist-packages/paho/mqtt/client.py";

    public PahoTheoryAttribute() => Skip = File.Exists(Module) ? null : "Debian's python3-paho-mqtt is not installed on this machine.";
}

/// <summary>A test with mqtt.js.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MqttJsTheoryAttribute : TheoryAttribute
{
    public MqttJsTheoryAttribute() => Skip = InstalledTool.WhyNot("node") ?? WhyNoPackage();

    private static string? WhyNoPackage() =>
        Directory.Exists(Path.Combine(Sources.RealClients, "mqttjs", "node_modules", "mqtt")) ? null : "mqtt.js is not installed: npm ci in RealClients/mqttjs.";
}
