using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using SmartCommunity.EndToEnd.Tests.Support;
using SmartCommunity.Mqtt.Client;
using SmartCommunity.TestKit.Processes;

namespace SmartCommunity.EndToEnd.Tests.Access;

/// <summary>Nothing is open without sign-in but health and the console's files.</summary>
public sealed partial class OpenDoorsTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private HostProcess Host => demo.Host;

    [Theory]
    [InlineData(null)]
    [InlineData("CfDJ8made-up")]
    public async Task No_path_of_the_description_answers_a_stranger(string? token)
    {
        using var signedIn = await ApiClient.SignInAsync(Host, People.Administrator);
        var paths = (await signedIn.GetAsync("/openapi/v1.json")).GetProperty("paths").EnumerateObject().ToList();
        using var stranger = Stranger(token);
        var tried = 0;
        foreach (var (path, method) in paths.SelectMany(path => path.Value.EnumerateObject().Select(method => (path.Name, method.Name))))
        {
            if (path == "/api/v1/sign-in")
            {
                continue;
            }

            (await StatusAsync(stranger, method, Parameter().Replace(path, "yunqi"))).ShouldBe(HttpStatusCode.Unauthorized, $"{method} {path}");
            tried++;
        }

        tried.ShouldBeGreaterThanOrEqualTo(20);
    }

    [Theory]
    [InlineData("/health/live", HttpStatusCode.OK)]
    [InlineData("/health/ready", HttpStatusCode.OK)]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/assets/app.js", HttpStatusCode.OK)]
    [InlineData("/metrics", HttpStatusCode.Unauthorized)]
    [InlineData("/openapi/v1.json", HttpStatusCode.Unauthorized)]
    [InlineData("/api/v1/nothing", HttpStatusCode.Unauthorized)]
    [InlineData("/assets/../appsettings.json", HttpStatusCode.Unauthorized)]
    [InlineData("/assets/%2e%2e/%2e%2e/appsettings.json", HttpStatusCode.Unauthorized)]
    [InlineData("/assets/..%2f..%2fappsettings.json", HttpStatusCode.NotFound)]
    public async Task A_stranger_gets(string path, HttpStatusCode expected)
    {
        using var stranger = Stranger(token: null);
        (await StatusAsync(stranger, "GET", path)).ShouldBe(expected);
    }

    [Fact]
    public async Task What_a_stranger_gets_of_the_console_holds_no_data()
    {
        using var stranger = Stranger(token: null);
        (await stranger.GetStringAsync("/")).ShouldNotContain("yunqi");
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("throw-b1-south", null)]
    [InlineData("throw-b1-south", "wrong")]
    [InlineData("no-such-device", "wrong")]
    public async Task Mqtt_refuses_strangers(string? user, string? password)
    {
        var options = new MqttClientOptions { Port = Host.MqttPort, ClientId = "stranger", UserName = user, Password = password };
        await Should.ThrowAsync<MqttConnectRefusedException>(() => MqttClient.ConnectAsync(options));
    }

    private HttpClient Stranger(string? token)
    {
        var client = new HttpClient { BaseAddress = Host.Http };
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string method, string path)
    {
        using var request = new HttpRequestMessage(new(method.ToUpperInvariant()), path);
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return answer.StatusCode;
    }

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, 1000)]
    private static partial Regex Parameter();
}
