using Microsoft.Extensions.Logging.Abstractions;
using SmartCommunity.Host.Configuration;
using SmartCommunity.Host.Edge.Accounts;
using SmartCommunity.Host.Provisioning;
using SmartCommunity.Stores.Accounts;
using SmartCommunity.TestKit.Time;
using SmartCommunity.TestSupport;

namespace SmartCommunity.Host.Tests.Support;

/// <summary>Accounts and tokens of one test.</summary>
internal sealed class EdgeParts : IDisposable
{
    public EdgeParts(HostSettings? settings = null)
    {
        Settings = settings ?? new();
        File = new(Settings, NullLogger<AccountsFile>.Instance);
        Accounts = new(Store, File, Time);
    }

    public HostSettings Settings { get; }

    public MemoryAccountStore Store { get; } = new();

    public ManualTimeProvider Time { get; } = new();

    public AccountsFile File { get; }

    public AccountDirectory Accounts { get; }

    public static MqttAccount Account(
        string name, AccountKind kind = AccountKind.Integration, string[]? publish = null, string[]? subscribe = null, string[]? certificates = null, bool enabled = true) =>
        new(name, kind, enabled, [.. publish ?? []], [.. subscribe ?? []], [.. certificates ?? []], Version: 1, default, default);

    public static MqttToken Token(string name, string token, bool isDevice = true, DateTimeOffset? expiresAt = null) =>
        new($"{name}-{token}", new(name, isDevice), Secrets.HashToken(token), default, ExpiresAt: expiresAt);

    public void Dispose() => Accounts.Dispose();
}
