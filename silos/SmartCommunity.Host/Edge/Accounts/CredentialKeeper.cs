using System.Threading.Channels;
using SmartCommunity.Api.Accounts;
using SmartCommunity.Events.Ids;
using SmartCommunity.Grains.Communities;
using SmartCommunity.Host.Logging;
using SmartCommunity.Mqtt.Server;
using SmartCommunity.Stores.Accounts;
using SmartCommunity.Stores.Faults;

namespace SmartCommunity.Host.Edge.Accounts;

/// <summary>
/// Makes what ends, end: closes the connections of revoked tokens, forgets who can not sign in any more, lets tokens expire, writes down when tokens were
/// used, and takes changes of the accounts file.
/// </summary>
internal sealed class CredentialKeeper(
    AccountDirectory accounts, AccountsFile file, TokenUses uses, IAccountStore store, CommunityDirectory directory, MqttEndpoint endpoint, TimeProvider time,
    ILogger<CredentialKeeper> logger) : BackgroundService, ICredentialObserver
{
    /// <summary>How often uses are written down and the file is looked at. Default 2 s: prompt for a person who edits, one small write for any number of sign-ins.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(2);

    // One waiting signal stands for many.
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private HashSet<DeviceId> _devices = [];
    private int _directoryChanged;

    public async ValueTask CredentialsChangedAsync(CancellationToken cancellationToken) => await accounts.ApplyAsync(cancellationToken);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await GuardedAsync(() => WriteUsesAsync(cancellationToken));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        WarnOfShadowed();
        uses.IsUrgent = Signal;
        directory.Changed += OnDirectoryChanged;
        _devices = [.. directory.Communities.SelectMany(community => community.Devices.Keys)];
        try
        {
            await Task.WhenAll(ApplyChangesAsync(stoppingToken), KeepRoundsAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops.
        }
        finally
        {
            directory.Changed -= OnDirectoryChanged;
        }
    }

    private void WarnOfShadowed()
    {
        if (accounts.Current.Shadowed is { Length: > 0 } names)
        {
            logger.AccountsShadowed(string.Join(", ", names));
        }
    }

    private void OnDirectoryChanged()
    {
        Interlocked.Exchange(ref _directoryChanged, 1);
        Signal();
    }

    private void Signal() => _signals.Writer.TryWrite(true);

    private async Task ApplyChangesAsync(CancellationToken stoppingToken)
    {
        await foreach (var change in accounts.Changes.ReadAllAsync(stoppingToken))
        {
            await GuardedAsync(() => CloseAsync(change.Change, stoppingToken));
            change.SetApplied();
        }
    }

    private async Task KeepRoundsAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await WaitAsync(stoppingToken);
            await GuardedAsync(() => WriteUsesAsync(stoppingToken));
            await GuardedAsync(() => ExpireAsync(stoppingToken));
            await GuardedAsync(() => ForgetRemovedDevicesAsync(stoppingToken));
            if (file.Read())
            {
                await GuardedAsync(() => accounts.ReloadAsync(stoppingToken));
                WarnOfShadowed();
            }
        }
    }

    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        // What should be over by now could not be removed, and waits for the next round.
        var untilExpiry = accounts.Current.NextExpiry - time.GetUtcNow() ?? Round;
        var wait = untilExpiry > TimeSpan.Zero && untilExpiry < Round ? untilExpiry : Round;
        try
        {
            await _signals.Reader.ReadAsync(stoppingToken).AsTask().WaitAsync(wait, time, stoppingToken);
        }
        catch (TimeoutException)
        {
            // The round is over.
        }
    }

    private async Task WriteUsesAsync(CancellationToken cancellationToken)
    {
        if (uses.Take() is { Count: > 0 } taken && await store.MarkUsedAsync(taken, cancellationToken))
        {
            await accounts.ReloadAsync(cancellationToken);
        }
    }

    private async Task ExpireAsync(CancellationToken cancellationToken)
    {
        if (accounts.Current.NextExpiry <= time.GetUtcNow())
        {
            var expired = await store.RemoveExpiredAsync(time.GetUtcNow(), cancellationToken);
            logger.TokensExpired(expired.Length);
            await accounts.ReloadAsync(cancellationToken);
        }
    }

    private async Task ForgetRemovedDevicesAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _directoryChanged, 0) == 0)
        {
            return;
        }

        var devices = directory.Communities.SelectMany(community => community.Devices.Keys).ToHashSet();
        var removed = _devices.Where(device => !devices.Contains(device)).ToList();
        _devices = devices;
        foreach (var device in removed)
        {
            await endpoint.ForgetAccountAsync(device.Value, cancellationToken);
        }
    }

    private async Task CloseAsync(BookChange change, CancellationToken cancellationToken)
    {
        // The connections first: nothing more goes to whoever may not have it, however long the rest takes.
        foreach (var token in change.Revoked)
        {
            await endpoint.DisconnectCredentialAsync(token, cancellationToken);
        }

        foreach (var name in change.Suspended.Concat(change.Unnamed))
        {
            await endpoint.DisconnectAccountAsync(name, cancellationToken);
        }

        foreach (var name in change.Lost)
        {
            await endpoint.ForgetAccountAsync(name, cancellationToken);
        }

        foreach (var name in change.Restricted)
        {
            await endpoint.ReauthorizeAsync(name, cancellationToken);
        }
    }

    // A store that is busy now is not the end of revoking: the next round tries again.
    private async Task GuardedAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (StoreUnavailableException exception)
        {
            logger.CredentialsNotKept(exception);
        }
    }
}
