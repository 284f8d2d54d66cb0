using System.Collections.Concurrent;
using Orleans;
using Orleans.Runtime;
using SmartCommunity.Orleans.InProcess.Calls;
using SmartCommunity.Orleans.InProcess.Catalog;
using SmartCommunity.Orleans.InProcess.Hosting;

namespace SmartCommunity.Orleans.InProcess.Activations;

/// <summary>The living activations: one per grain identity.</summary>
internal sealed class ActivationDirectory(GrainCatalog catalog, GrainContracts contracts, ActivationHost host) : IActivationSource
{
    private readonly ConcurrentDictionary<GrainId, Activation> _living = new();
    private volatile Taking _taking = Taking.All;

    private enum Taking
    {
        All,

        /// <summary>The host stops: grains may still finish what they do, also by calling each other.</summary>
        FromGrains,
        None,
    }

    public int Count => _living.Count;

    public IEnumerable<Activation> Living => _living.Values;

    public Activation? Find(GrainId grainId) => _living.GetValueOrDefault(grainId);

    public Activation? Send(GrainId grainId, Turn turn, Activation? lastSeen)
    {
        if (_taking != Taking.All && (_taking == Taking.None || RuntimeContext.Current is null))
        {
            turn.Reject(new SiloUnavailableException($"Grain {grainId} takes no calls: the grain host {host.Options.Name} is stopping."));
            return null;
        }

        var activation = lastSeen;
        while (activation is null || !activation.TryEnqueue(turn))
            activation = _living.GetOrAdd(grainId, static (id, self) => self.New(id, []), this);
        return activation;
    }

    public GrainReference Reference(GrainId grainId, Type interfaceType)
    {
        var grain = catalog.Of(grainId.Type);
        return grain.Implements(interfaceType)
            ? contracts.Of(interfaceType).Reference(this, grainId)
            : throw new ArgumentException($"{grain.Type} does not implement {interfaceType}.");
    }

    /// <summary>Puts a new life in the place of one that ends; its turns go along.</summary>
    public Activation Replace(Activation ended, IEnumerable<Turn> inheritance)
    {
        var next = New(ended.GrainId, inheritance);
        _living[ended.GrainId] = next;
        return next;
    }

    public void Remove(Activation ended) => _living.TryRemove(KeyValuePair.Create(ended.GrainId, ended));

    /// <summary>Ends all activations that live now, and returns when they have ended.</summary>
    public Task DeactivateAllAsync(DeactivationReason reason, bool drain) => Task.WhenAll(_living.Values.Select(activation =>
    {
        activation.Deactivate(reason, drain, CancellationToken.None);
        return activation.Deactivated;
    }).ToList());

    /// <summary>Takes no more calls, lets the grains finish and ends them, as long as the limit allows. Calls without an answer by then fail.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _taking = Taking.FromGrains;
        using var time = new CancellationTokenSource(host.Options.ShutdownTimeout, host.Time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The host stops.");
        // A grain that finishes may call one that has ended already, which then begins a new life: hence the loop.
        while (!_living.IsEmpty && !limit.IsCancellationRequested)
            await DeactivateAllAsync(reason, drain: true).WaitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _taking = Taking.None;
        var left = _living.Values.ToList();
        foreach (var activation in left)
            activation.Abandon(new SiloUnavailableException($"The grain host {host.Options.Name} has stopped; grain {activation.GrainId} did not end in time."));
        host.Logger.HostStopped(host.Options.Name, left.Count);
    }

    private Activation New(GrainId grainId, IEnumerable<Turn> inheritance) => new(grainId, catalog.Of(grainId.Type), host, this, inheritance);
}
