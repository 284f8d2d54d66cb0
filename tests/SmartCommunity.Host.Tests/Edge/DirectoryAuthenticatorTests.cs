using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SmartCommunity.Grains.Communities;
using SmartCommunity.Host.Edge;
using SmartCommunity.Host.Provisioning;
using SmartCommunity.Host.Tests.Support;
using SmartCommunity.Mqtt.Server.Ports;
using SmartCommunity.Mqtt.Server.Sessions;
using SmartCommunity.Stores.Directory;
using SmartCommunity.TestKit.Time;

namespace SmartCommunity.Host.Tests.Edge;

public sealed class DirectoryAuthenticatorTests : IDisposable
{
    private readonly MemoryDirectory _store = new();
    private readonly ManualTimeProvider _time = new();
    private readonly CommunityDirectory _directory;
    private readonly DirectoryAuthenticator _authenticator;

    public DirectoryAuthenticatorTests()
    {
        _directory = new(_store, NullLogger<CommunityDirectory>.Instance);
        _authenticator = new(_store, _directory, _time);
    }

    public void Dispose() => _authenticator.Dispose();

    [Fact]
    public async Task The_token_of_a_device_lets_it_in()
    {
        await StartAsync();
        (await TryAsync("cam-1", "right", clientId: "x")).ShouldBe(new ClientIdentity("cam-1", ClientKind.Device, "x"));
        (await TryAsync("cam-1", "right", clientId: "")).ShouldBe(new ClientIdentity("cam-1", ClientKind.Device, "cam-1"));
    }

    [Fact]
    public async Task An_account_that_is_no_device_is_a_subscriber()
    {
        await StartAsync();
        (await TryAsync("display", "shown"))!.Kind.ShouldBe(ClientKind.Subscriber);
    }

    [Theory]
    [InlineData("cam-1", "wrong")]
    [InlineData("cam-1", "")]
    [InlineData("cam-1", "Right")]
    [InlineData("cam-2", "right")]
    [InlineData("nobody", "right")]
    [InlineData("", "right")]
    [InlineData(null, "right")]
    [InlineData("display", "right")]
    public async Task Anything_else_is_refused(string? user, string password)
    {
        await StartAsync();
        (await TryAsync(user, password)).ShouldBeNull();
    }

    [Fact]
    public async Task A_fresh_token_is_taken_and_the_old_one_is_not()
    {
        await StartAsync();
        (await TryAsync("cam-1", "right")).ShouldNotBeNull();
        _store.SetToken("cam-1", "fresh");
        _time.Advance(TimeSpan.FromSeconds(2));
        (await TryAsync("cam-1", "fresh")).ShouldNotBeNull();
        (await TryAsync("cam-1", "right")).ShouldBeNull();
    }

    [Fact]
    public async Task Guessing_reads_the_store_at_most_once_a_second()
    {
        await StartAsync();
        for (var i = 0; i < 50; i++)
        {
            (await TryAsync("cam-1", $"guess-{i}")).ShouldBeNull();
        }

        _store.CredentialReads.ShouldBe(1);
        _time.Advance(TimeSpan.FromSeconds(1.5));
        await TryAsync("cam-1", "guess");
        _store.CredentialReads.ShouldBe(2);
    }

    [Fact]
    public async Task A_device_that_was_removed_is_refused_with_its_good_token()
    {
        await StartAsync();
        (await TryAsync("cam-1", "right")).ShouldNotBeNull();
        await _store.WriteCommunityAsync(SmallCommunity.Id, SmallCommunity.Yaml("cam-2"), 1, default, "test", default);
        await _directory.LoadAsync(default);
        (await TryAsync("cam-1", "right")).ShouldBeNull();
    }

    private async Task StartAsync()
    {
        _store.SetToken("cam-1", "right");
        _store.SetToken("cam-2", "other");
        await _store.SetCredentialsAsync([new MqttCredential("display", IsDevice: false, Secrets.HashToken("shown"))], default);
        await _store.WriteCommunityAsync(SmallCommunity.Id, SmallCommunity.Yaml("cam-1", "cam-2"), 0, default, "test", default);
        await _directory.LoadAsync(default);
    }

    private async Task<ClientIdentity?> TryAsync(string? user, string password, string clientId = "c") =>
        await _authenticator.AuthenticateAsync(new ClientCredentials(clientId, user, Encoding.UTF8.GetBytes(password), "127.0.0.1"), default);
}
