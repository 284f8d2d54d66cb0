using SmartCommunity.TestKit.Processes;

namespace SmartCommunity.EndToEnd.Tests.Support;

/// <summary>One demo without simulated devices, shared by the tests of a class. Each test uses devices of its own.</summary>
public sealed class DemoFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public HostProcess Host { get; private set; } = null!;

    public async Task InitializeAsync() => Host = await HostProcess.StartDemoAsync(_folder.Path, "--devices", "0");

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        _folder.Dispose();
    }
}
