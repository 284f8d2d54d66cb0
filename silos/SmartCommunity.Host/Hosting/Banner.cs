using System.Globalization;
using System.Text;
using SmartCommunity.Host.Commands;
using SmartCommunity.Host.Provisioning;
using SmartCommunity.Simulation.Demo;

namespace SmartCommunity.Host.Hosting;

/// <summary>What a demo prints once everything listens.</summary>
internal static class Banner
{
    public static string Of(DemoFile file, SignIns signIns, string path, DemoMode mode)
    {
        var text = new StringBuilder();
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"  SmartCommunity 智慧社区 · demo");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"  控制台 console   {file.Http}/");
        text.AppendLine(CultureInfo.InvariantCulture, $"  接口 API         {file.Http}/openapi/v1.json");
        text.AppendLine(CultureInfo.InvariantCulture, $"  MQTT             {file.Mqtt.Host}:{file.Mqtt.Port}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  登录信息 sign-ins {path}");
        text.AppendLine();
        foreach (var person in file.People)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"    {person.Id,-16} {person.Password}   {person.Name}  {string.Join(", ", person.Roles)}");
        }

        text.AppendLine();
        if (file.Devices.FirstOrDefault(device => device.Kind == "falling-object-camera") is { } camera)
        {
            text.AppendLine("  试一试 · paste this; the incident is on the page within a second:");
            text.AppendLine();
            text.AppendLine(CultureInfo.InvariantCulture, $"    mosquitto_pub -h {file.Mqtt.Host} -p {file.Mqtt.Port} -u {camera.Id} -P {camera.Token} -q 1 -t sc/v1/{camera.Id}/event -m '{{\"kind\":\"falling-object\",\"confidence\":0.93,\"data\":{{\"column\":2,\"floor\":9}}}}'");
            text.AppendLine();
        }

        if (signIns.Tokens.TryGetValue(SignIns.Display, out var display))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"    mosquitto_sub -h {file.Mqtt.Host} -p {file.Mqtt.Port} -u {SignIns.Display} -P {display} -t 'sc/v1/incidents/#' -v");
            text.AppendLine();
        }

        var devices = Math.Min(mode.Devices, file.Devices.Count);
        text.AppendLine(CultureInfo.InvariantCulture, $"  {devices} 个模拟设备 simulated devices, seed {mode.Seed} · Ctrl-C 结束 stops");
        return text.ToString();
    }
}
