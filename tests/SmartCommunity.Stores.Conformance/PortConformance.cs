namespace SmartCommunity.Stores.Conformance;

/// <summary>What an adapter gives to be tested: its port, opened and closed as often as a test wants, over the same data.</summary>
/// <typeparam name="TPort">The port, or a record of ports that belong together.</typeparam>
public interface IPortHost<TPort> : IAsyncDisposable
{
    /// <summary>Opens the store; the first time it is empty.</summary>
    ValueTask<TPort> OpenAsync();

    /// <summary>Closes it; what was written stays.</summary>
    ValueTask CloseAsync();
}

/// <summary>A suite that every adapter of a port inherits.</summary>
public abstract class PortConformance<TPort> : IAsyncLifetime
{
    // A test that hangs is a failure, and is to end.
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(1));
    private IPortHost<TPort>? _host;

    /// <summary>The port under test.</summary>
    protected TPort Port { get; private set; } = default!;

    /// <summary>Ends a test that hangs.</summary>
    protected CancellationToken Limit => _limit.Token;

    /// <summary>A host whose store is empty.</summary>
    protected abstract IPortHost<TPort> CreateHost();

    public async Task InitializeAsync()
    {
        _host = CreateHost();
        Port = await _host.OpenAsync();
    }

    public async Task DisposeAsync()
    {
        _limit.Dispose();
        await _host!.CloseAsync();
        await _host.DisposeAsync();
    }

    /// <summary>Closes the store and opens it again.</summary>
    protected async Task ReopenAsync()
    {
        await _host!.CloseAsync();
        Port = await _host.OpenAsync();
    }
}
