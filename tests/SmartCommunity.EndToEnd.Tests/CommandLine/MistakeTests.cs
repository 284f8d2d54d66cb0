using System.Net;
using System.Net.Sockets;
using SmartCommunity.EndToEnd.Tests.Support;
using SmartCommunity.TestKit.Processes;

namespace SmartCommunity.EndToEnd.Tests.CommandLine;

/// <summary>What the person who starts can mend is one clear line and exit code 2.</summary>
public sealed class MistakeTests(DemoFixture demo) : IClassFixture<DemoFixture>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--nope", "demo", "--nope")]
    [InlineData("fly", "fly")]
    [InlineData("demo", "serve", "demo")]
    [InlineData("--devices", "demo", "--devices", "-1")]
    [InlineData("many", "demo", "--devices", "many")]
    [InlineData("--seed", "serve", "--seed", "1")]
    [InlineData("nonsense", "demo", "--http", "nonsense")]
    [InlineData("127.0.0.1", "demo", "--mqtt", "127.0.0.1")]
    [InlineData("99999", "serve", "--mqtt", "127.0.0.1:99999")]
    [InlineData("certificate", "serve", "--mqtts", "127.0.0.1:0")]
    public async Task A_wrong_command_line_is_named(string named, params string[] arguments) =>
        await ShouldBeOneLineAsync(named, [.. arguments, .. arguments[0] == "fly" ? Array.Empty<string>() : ["--data", _folder.Path]]);

    [Fact]
    public async Task A_missing_verb_is_named() => await ShouldBeOneLineAsync("smartcommunity");

    [Theory]
    [InlineData("--http", "--mqtt")]
    [InlineData("--mqtt", "--http")]
    public async Task A_taken_port_is_named(string option, string other)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = taken.LocalEndpoint.ToString()!;
        await ShouldBeOneLineAsync(address, "demo", option, address, other, "127.0.0.1:0", "--data", _folder.Path);
    }

    [Fact]
    public async Task An_address_of_another_machine_is_named() =>
        await ShouldBeOneLineAsync("address", "demo", "--http", "192.0.2.1:0", "--mqtt", "127.0.0.1:0", "--data", _folder.Path);

    [Fact]
    public async Task A_data_folder_that_can_not_be_written_is_named()
    {
        var file = _folder["file"];
        await File.WriteAllTextAsync(file, "");
        var below = Path.Combine(file, "data");
        await ShouldBeOneLineAsync(below, "demo", "--http", "127.0.0.1:0", "--mqtt", "127.0.0.1:0", "--data", below);
    }

    [Fact]
    public async Task A_data_folder_that_is_in_use_is_named() =>
        await ShouldBeOneLineAsync(demo.Host.Data, "demo", "--http", "127.0.0.1:0", "--mqtt", "127.0.0.1:0", "--data", demo.Host.Data);

    private static async Task ShouldBeOneLineAsync(string named, params string[] arguments)
    {
        var (exitCode, output, error) = await HostProcess.RunAsync(Eventually.Patience, arguments);
        exitCode.ShouldBe(2, error + output);
        error.ShouldStartWith("smartcommunity: ");
        error.ShouldContain(named);
        error.TrimEnd('\n').ShouldNotContain("\n");
        output.ShouldNotContain("   at ", Case.Sensitive, $"a stack trace helps nobody who mistyped a port: {output}");
    }
}
