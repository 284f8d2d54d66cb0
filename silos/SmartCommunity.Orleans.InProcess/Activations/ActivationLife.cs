using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using SmartCommunity.Orleans.InProcess.Calls;
using SmartCommunity.Orleans.InProcess.Hosting;
using SmartCommunity.Orleans.InProcess.State;

namespace SmartCommunity.Orleans.InProcess.Activations;

// How an activation begins and ends. Each step is decided in TryNext, under the gate, and carried out on the scheduler.
internal sealed partial class Activation
{
    private readonly TaskCompletionSource _deactivated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<ILoadedState> _states = [];
    private AsyncServiceScope? _scope;
    private DeactivationReason? _ending;
    private CancellationToken _endingToken;
    private bool _drains;

    public IServiceProvider ActivationServices => (_scope ?? throw new InvalidOperationException($"Grain {GrainId} is not active.")).ServiceProvider;

    public Task Deactivated => _deactivated.Task;

    /// <summary>
    /// Whether turns may start. An activation that is to end starts none, except that it drains when the host stops, and that one which
    /// was told to end before its first call serves one: else a grain that deactivates itself on activation would never answer.
    /// </summary>
    private bool MayStart => _ending is null || _drains || !_hasStartedCalls;

    /// <summary>A state to be read before <c>OnActivateAsync</c>.</summary>
    public void Add(ILoadedState state) => _states.Add(state);

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default) =>
        Deactivate(deactivationReason, drain: false, cancellationToken);

    /// <summary>Ends the activation; where it drains, the turns that wait are run before, and else they go to the next activation.</summary>
    public void Deactivate(DeactivationReason deactivationReason, bool drain, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_ending is not null || _phase == Phase.Dead)
                return;
            _ending = deactivationReason;
            _endingToken = cancellationToken;
            _drains = drain;
            if (_phase != Phase.Active)
                return;
        }

        _scheduler.WantPump();
    }

    /// <summary>Takes the next turn; or begins or ends the life, when it is time, and returns false.</summary>
    private bool TryNext([NotNullWhen(true)] out Turn? turn)
    {
        turn = null;
        lock (_gate)
        {
            if (_phase == Phase.Active && MayStart && _queue.TryStart(out turn))
            {
                _hasStartedCalls |= turn.OutlivesActivation;
                return true;
            }

            if (_phase == Phase.New)
                _phase = Phase.Activating;
            else if (_phase == Phase.Active && _ending is not null && _running.Count == 0)
                _phase = Phase.Deactivating;
            else
                return false;
        }

        _ = _phase == Phase.Activating ? ActivateAsync() : EndAsync(_ending!.Value);
        return false;
    }

    private async Task ActivateAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(_host.Options.ActivationTimeout, _host.Time);
            await LoadAsync(limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception exception)
        {
            await FailAsync(exception);
            return;
        }

        lock (_gate)
        {
            _phase = Phase.Active;
            _lastUsed = _host.Time.GetTimestamp();
        }

        _host.Metrics.Activated(Class);
        _host.Logger.Activated(GrainId.ToString());
        Pump();
    }

    private async Task LoadAsync(CancellationToken limit)
    {
        _scope = _host.Scopes.CreateAsyncScope();
        var grain = (IGrainBase)Class.Create(this);
        GrainInstance = grain;
        await Task.WhenAll(_states.Select(state => state.ReadStateAsync()));
        await grain.OnActivateAsync(limit);
    }

    /// <summary>The calls that wait learn why; a later one begins a new life.</summary>
    private async Task FailAsync(Exception exception)
    {
        if (exception is OperationCanceledException)
            exception = new TimeoutException($"Grain {GrainId} was not activated within {_host.Options.ActivationTimeout}.", exception);
        _host.Metrics.ActivationFailed(Class);
        _host.Logger.ActivationFailed(GrainId.ToString(), exception);
        await DisposeAsync();
        List<Turn> waiting;
        lock (_gate)
        {
            _phase = Phase.Dead;
            waiting = _queue.TakeRest();
            _directory.Remove(this);
        }

        foreach (var turn in waiting)
            turn.Reject(exception);
        _deactivated.SetResult();
    }

    private async Task EndAsync(DeactivationReason reason)
    {
        StopTimers();
        _host.Logger.Deactivating(GrainId.ToString(), reason.ReasonCode, reason.Description);
        try
        {
            using var time = new CancellationTokenSource(_host.Options.DeactivationTimeout, _host.Time);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(time.Token, _endingToken);
            await ((IGrainBase)GrainInstance!).OnDeactivateAsync(reason, limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception exception)
        {
            _host.Logger.DeactivationFailed(GrainId.ToString(), exception);
        }

        await DisposeAsync();
        Activation? next = null;
        lock (_gate)
        {
            // The directory changes under the gate, so that a caller who finds this life dead finds the next one, behind the turns it inherits.
            _phase = Phase.Dead;
            var inheritance = _queue.TakeRest().Where(turn => turn.OutlivesActivation).ToList();
            if (inheritance.Count > 0)
                next = _directory.Replace(this, inheritance);
            else
                _directory.Remove(this);
        }

        _host.Metrics.Deactivated(Class);
        next?.Wake();
        _deactivated.SetResult();
    }

    private async Task DisposeAsync()
    {
        StopTimers();
        try
        {
            if (GrainInstance is IAsyncDisposable asynchronous)
                await asynchronous.DisposeAsync();
            else
                (GrainInstance as IDisposable)?.Dispose();
            if (_scope is { } scope)
                await scope.DisposeAsync();
        }
        catch (Exception exception)
        {
            _host.Logger.DeactivationFailed(GrainId.ToString(), exception);
        }
        finally
        {
            // References remember the activation that they met last; they shall not keep its grain alive.
            GrainInstance = null;
        }
    }
}
