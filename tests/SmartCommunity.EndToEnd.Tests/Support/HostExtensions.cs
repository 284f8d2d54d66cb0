using System.Text.Json;
using SmartCommunity.Mqtt.Client;
using SmartCommunity.TestKit.Processes;

namespace SmartCommunity.EndToEnd.Tests.Support;

/// <summary>What demo.json says.</summary>
internal static class HostExtensions
{
    public static string Password(this HostProcess host, string person) =>
        host.Demo.GetProperty("people").EnumerateArray().First(item => item.Id() == person).Text("password")!;

    public static JsonElement Device(this HostProcess host, string device) => host.Demo.GetProperty("devices").EnumerateArray().First(item => item.Id() == device);

    public static string Token(this HostProcess host, string device) => host.Device(device).Text("token")!;

    /// <summary>Connects as a device.</summary>
    public static Task<MqttClient> ConnectAsync(this HostProcess host, string device) => MqttClient.ConnectAsync(host.OptionsOf(device));

    public static MqttClientOptions OptionsOf(this HostProcess host, string device) =>
        new() { Port = host.MqttPort, ClientId = device, UserName = device, Password = host.Token(device), ConnectTimeout = Eventually.Patience };
}
