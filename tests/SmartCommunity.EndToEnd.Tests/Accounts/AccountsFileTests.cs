using System.Net;
using System.Security.Cryptography;
using System.Text;
using SmartCommunity.EndToEnd.Tests.Support;
using SmartCommunity.Mqtt.Client;
using SmartCommunity.TestKit.Processes;

namespace SmartCommunity.EndToEnd.Tests.Accounts;

/// <summary><c>--accounts FILE</c>: taken while the process runs; broken, it lets nobody in.</summary>
public sealed class AccountsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_broken_file_closes_its_accounts_and_a_mended_one_lets_them_in_again()
    {
        var good = $$"""
            accounts:
              - {name: site-7, kind: gateway, token_hash: {{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("a token")))}}, publish: [sc/v1/+/event]}
            """;
        await File.WriteAllTextAsync(_folder["accounts.yaml"], good);
        await using var host = await HostProcess.StartServeAsync(_folder["data"], new Dictionary<string, string>(StringComparer.Ordinal), "--accounts", _folder["accounts.yaml"]);
        var gateway = host.As("site-7", "a token", "site-7");
        await using var client = await MqttClient.ConnectAsync(gateway);
        await host.As("site-7", "another token", "x").ShouldBeRefusedAsync();

        await File.WriteAllTextAsync(_folder["accounts.yaml"], "");
        await Should.ThrowAsync<MqttConnectionLostException>(() => client.Completion.WaitAsync(Eventually.Patience));
        await gateway.ShouldBeRefusedAsync();
        using var http = new HttpClient { BaseAddress = host.Http };
        (await http.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

        await File.WriteAllTextAsync(_folder["accounts.yaml"], good);
        await Eventually.TrueAsync("readiness", async () => (await http.GetAsync("/health/ready")).IsSuccessStatusCode);
        await using var again = await MqttClient.ConnectAsync(gateway);
    }
}
