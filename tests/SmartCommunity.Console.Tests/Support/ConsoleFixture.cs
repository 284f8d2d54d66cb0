using System.Text.Json;
using Microsoft.Playwright;
using SmartCommunity.Mqtt.Client;
using SmartCommunity.Mqtt.Client.Publishing;
using SmartCommunity.Mqtt.Topics;
using SmartCommunity.TestKit.Processes;

namespace SmartCommunity.Console.Tests.Support;

/// <summary>One demo without simulated devices and one browser, shared by the tests of a class.</summary>
public sealed class ConsoleFixture : IAsyncLifetime
{
    // How long the page may take to show something. It takes milliseconds; a machine that others use takes longer.
    private const float Patience = 60_000;

    private readonly TemporaryFolder _folder = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public HostProcess Host { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (FactWithBrowserAttribute.Browser is not { } program)
        {
            return;
        }

        Host = await HostProcess.StartDemoAsync(_folder.Path, "--devices", "0");
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = ["--no-sandbox"] });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (Host is not null)
        {
            await Host.DisposeAsync();
        }

        _folder.Dispose();
    }

    /// <summary>Opens the page as somebody with a browser of their own.</summary>
    public async Task<Person> OpenAsync(int width = 1280, int height = 900)
    {
        var context = await _browser!.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height } });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(Patience);
        return new(page, Host);
    }

    /// <summary>Publishes an event as a device does; completes with the PUBACK.</summary>
    public async Task PublishAsync(string device, object message)
    {
        var token = Host.Demo.GetProperty("devices").EnumerateArray().First(item => item.GetProperty("id").GetString() == device).GetProperty("token").GetString();
        await using var client = await MqttClient.ConnectAsync(new() { Port = Host.MqttPort, ClientId = device, UserName = device, Password = token });
        await client.PublishAsync(new MqttPublish(TopicName.Create($"sc/v1/{device}/event"), JsonSerializer.SerializeToUtf8Bytes(message)));
    }
}
