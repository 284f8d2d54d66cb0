using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using SmartCommunity.Orleans.InProcess.Calls;
using SmartCommunity.Orleans.InProcess.Catalog;
using SmartCommunity.Orleans.InProcess.Hosting;

namespace SmartCommunity.Orleans.InProcess.Activations;

/// <summary>
/// One life of one grain: from its first call until it is deactivated. There is at most one per identity; the next begins when this one is dead.
/// This part takes turns in and starts them; the other part lives and dies.
/// </summary>
internal sealed partial class Activation : IGrainContext
{
    /// <summary>So many turns that complete at once are run before others get the thread.</summary>
    private const int TurnsPerPump = 64;

    private readonly Lock _gate = new();
    private readonly RunningTurns _running = new();
    private readonly TurnQueue _queue;
    private readonly ActivationScheduler _scheduler;
    private readonly ActivationHost _host;
    private readonly ActivationDirectory _directory;
    private Phase _phase = Phase.New;
    private bool _hasStartedCalls;
    private long _lastUsed;

    /// <summary>A new life; the inherited turns are those that the life before it has not started, in order.</summary>
    public Activation(GrainId grainId, GrainClass grainClass, ActivationHost host, ActivationDirectory directory, IEnumerable<Turn> inherited)
    {
        GrainId = grainId;
        Class = grainClass;
        _host = host;
        _directory = directory;
        _queue = new(_running);
        _scheduler = new(this, Pump, host.Options.Queue);
        foreach (var turn in inherited)
            _queue.Add(turn);
    }

    private enum Phase
    {
        /// <summary>Nobody has called yet.</summary>
        New,

        /// <summary>Constructor, state, <c>OnActivateAsync</c>. Turns wait.</summary>
        Activating,

        /// <summary>Turns run.</summary>
        Active,

        /// <summary>No turn runs, and <c>OnDeactivateAsync</c> does. Turns wait for the next life.</summary>
        Deactivating,

        /// <summary>Takes no turns.</summary>
        Dead,
    }

    public GrainId GrainId { get; }

    public GrainClass Class { get; }

    public GrainReference GrainReference => field ??= new GrainReference().Bind(null, _directory, GrainId);

    public object? GrainInstance { get; private set; }

    /// <summary>Queues a turn; false when this life is over and the directory knows another.</summary>
    public bool TryEnqueue(Turn turn)
    {
        bool wake;
        lock (_gate)
        {
            if (_phase == Phase.Dead)
                return false;
            turn.Interleaves |= Class.Reentrant;
            _queue.Add(turn);
            wake = _phase == Phase.New || (_phase == Phase.Active && MayStart && _queue.Peek() is not null);
        }

        if (wake)
            _scheduler.WantPump();
        return true;
    }

    /// <summary>Begins the life that inherited turns.</summary>
    public void Wake() => _scheduler.WantPump();

    /// <summary>A turn failed. What the grain holds of a state that somebody else has written is stale, and only a new life reads it again.</summary>
    public void OnFailure(Exception exception)
    {
        if (exception is not InconsistentStateException { IsSourceActivation: true } conflict)
            return;
        conflict.IsSourceActivation = false;
        _host.Logger.StaleState(GrainId.ToString(), conflict);
        Deactivate(new(DeactivationReasonCode.ApplicationError, conflict, "The state has been written by somebody else."));
    }

    /// <summary>Fails the calls that were sent before the given timestamp.</summary>
    public void ExpireSentBefore(long timestamp, TimeSpan limit)
    {
        List<(Turn Turn, string? Obstacle)> late;
        lock (_gate)
        {
            if (_running.Count == 0 && _queue.IsEmpty)
                return;
            late = [.. _running.All().Where(turn => turn.SentAt < timestamp && !turn.Abandoned).Select(turn => (turn, (string?)null))];
            late.AddRange(_queue.Waiting().Where(turn => turn.SentAt < timestamp).Select(turn => (turn, (string?)Obstacle())));
        }

        foreach (var (turn, obstacle) in late)
        {
            if (!turn.OutlivesActivation)
                continue;
            _host.Metrics.CallTimedOut(Class);
            _host.Logger.CallTimedOut(GrainId.ToString(), turn.ToString() ?? "", limit);
            turn.Expire(limit, obstacle);
        }
    }

    /// <summary>The host does not wait any longer: fails all calls that have not been answered.</summary>
    public void Abandon(Exception reason)
    {
        List<Turn> left;
        lock (_gate)
            left = [.. _running.All(), .. _queue.TakeRest()];
        foreach (var turn in left)
            turn.Reject(reason);
    }

    private string Obstacle() => _phase switch
    {
        Phase.New or Phase.Activating => "is still being activated",
        Phase.Deactivating => "is being deactivated",
        _ => $"still works on {_running.All().FirstOrDefault(turn => !turn.Interleaves)}",
    };

    /// <summary>Starts what may start. Runs on the scheduler.</summary>
    private void Pump()
    {
        for (var i = 0; i < TurnsPerPump; i++)
        {
            if (!TryNext(out var turn))
                return;
            var run = turn.RunAsync(this);
            if (run.IsCompleted)
                OnCompleted(turn);
            else
                _ = CompleteAsync(turn, run);
        }

        _scheduler.WantPump();
    }

    private async Task CompleteAsync(Turn turn, ValueTask run)
    {
        await run;
        OnCompleted(turn);
        Pump();
    }

    private void OnCompleted(Turn turn)
    {
        lock (_gate)
        {
            _running.Remove(turn);
            if (turn.KeepsAlive)
                _lastUsed = _host.Time.GetTimestamp();
        }

        turn.Answer();
    }
}
