namespace SmartCommunity.Orleans.InProcess.Calls;

/// <summary>
/// A caller's cancellation token on its way into a grain. The caller stops waiting at once; the grain gets a token of its own, which also
/// is cancelled when the call takes too long.
/// </summary>
internal sealed class CallerToken
{
    private readonly CancellationTokenSource _forGrain = new();
    private readonly Action<CancellationToken> _cancelled;
    private readonly CancellationTokenRegistration _registration;

    public CallerToken(CancellationToken caller, Action<CancellationToken> cancelled)
    {
        _cancelled = cancelled;
        _registration = caller.UnsafeRegister(static (self, token) => ((CallerToken)self!).OnCancelled(token), this);
    }

    /// <summary>What the grain's method is given.</summary>
    public CancellationToken ForGrain => _forGrain.Token;

    /// <summary>Cancels the grain's token. Its callbacks run on the thread pool and not on the thread that cancels.</summary>
    public void Cancel() => _ = _forGrain.CancelAsync();

    /// <summary>The call is over: lets go of the caller's token.</summary>
    public void Release() => _registration.Unregister();

    private void OnCancelled(CancellationToken token)
    {
        _cancelled(token);
        Cancel();
    }
}
