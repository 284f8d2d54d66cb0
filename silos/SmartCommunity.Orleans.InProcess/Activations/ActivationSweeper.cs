namespace SmartCommunity.Orleans.InProcess.Activations;

/// <summary>Looks through the activations now and then: for calls that take too long, and for grains that nobody calls.</summary>
internal sealed class ActivationSweeper : IDisposable
{
    private readonly ActivationDirectory _directory;
    private readonly ActivationHost _host;
    private readonly ITimer _late;
    private readonly ITimer _idle;

    public ActivationSweeper(ActivationDirectory directory, ActivationHost host)
    {
        _directory = directory;
        _host = host;
        // A tenth of the limit, and a second at most: a caller waits that much longer at worst.
        var pace = TimeSpan.FromTicks(Math.Min(TimeSpan.TicksPerSecond, host.Options.ResponseTimeout.Ticks / 10));
        _late = host.Time.CreateTimer(static self => ((ActivationSweeper)self!).ExpireLateCalls(), this, pace, pace);
        var quantum = host.Options.CollectionQuantum;
        _idle = host.Time.CreateTimer(static self => ((ActivationSweeper)self!).CollectIdle(), this, quantum, quantum);
    }

    public void Dispose()
    {
        _late.Dispose();
        _idle.Dispose();
    }

    private void ExpireLateCalls()
    {
        var limit = _host.Options.ResponseTimeout;
        var sentBefore = _host.Time.GetTimestamp() - (long)(limit.TotalSeconds * _host.Time.TimestampFrequency) + 1;
        foreach (var activation in _directory.Living)
            activation.ExpireSentBefore(sentBefore, limit);
    }

    private void CollectIdle()
    {
        foreach (var activation in _directory.Living)
            activation.CollectIfIdle(_host.Options.CollectionAge);
    }
}
