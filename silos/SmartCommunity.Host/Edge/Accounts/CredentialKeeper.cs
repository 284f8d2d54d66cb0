using System.Threading.Channels;
using SmartCommunity.Api.Accounts;
using SmartCommunity.Grains.Communities;
using SmartCommunity.Host.Logging;
using SmartCommunity.Stores.Accounts;
using SmartCommunity.Stores.Faults;

namespace SmartCommunity.Host.Edge.Accounts;

/// <summary>
/// Makes what ends, end: closes the connections of revoked tokens, forgets who can not sign in any more, lets tokens expire, writes down when tokens were
/// used, and takes changes of the accounts file.
/// </summary>
internal sealed class CredentialKeeper(
    AccountDirectory accounts, AccountsFile file, TokenUses uses, IAccountStore store, CommunityDirectory directory, Revocations revocations, TimeProvider time,
    ILogger<CredentialKeeper> logger) : BackgroundService, ICredentialObserver
{
    /// <summary>How often uses are written down and the file is looked at. Default 2 s: prompt for a person who edits, one small write for any number of sign-ins.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(2);

    /// <summary>Uses in one write. Default 500, a few milliseconds: when everybody comes back at once, incidents are not to wait behind it.</summary>
    private const int UsesAtOnce = 500;

    // One waiting signal stands for many.
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    // Kept over rounds: one that was given up would swallow the next signal.
    private Task<bool>? _woken;

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
        directory.Changed += Signal;
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
            directory.Changed -= Signal;
        }
    }

    private void WarnOfShadowed()
    {
        if (accounts.Current.Shadowed is { Length: > 0 } names)
        {
            logger.AccountsShadowed(string.Join(", ", names));
        }
    }

    private void Signal() => _signals.Writer.TryWrite(true);

    private async Task ApplyChangesAsync(CancellationToken stoppingToken)
    {
        await foreach (var change in accounts.Changes.ReadAllAsync(stoppingToken))
        {
            await GuardedAsync(() => revocations.ApplyAsync(change.Change, stoppingToken));
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
            await GuardedAsync(() => revocations.ForgetRemovedDevicesAsync(stoppingToken));
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
        _woken ??= _signals.Reader.WaitToReadAsync(stoppingToken).AsTask();
        try
        {
            await _woken.WaitAsync(wait, time, stoppingToken);
            _signals.Reader.TryRead(out _);
            _woken = null;
        }
        catch (TimeoutException)
        {
            // The round is over.
        }
    }

    private async Task WriteUsesAsync(CancellationToken cancellationToken)
    {
        var ends = false;
        foreach (var some in uses.Take().Chunk(UsesAtOnce))
        {
            ends |= await store.MarkUsedAsync(some, cancellationToken);
        }

        if (ends)
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

    // A store or a disk that fails now is not the end of revoking: connections are closed before anything is written, and the next round tries again.
    private async Task GuardedAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception exception) when (exception is StoreUnavailableException or IOException)
        {
            logger.CredentialsNotKept(exception);
        }
    }
}
