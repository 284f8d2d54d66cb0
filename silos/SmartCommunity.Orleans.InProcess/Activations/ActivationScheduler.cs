using Orleans.Runtime;

namespace SmartCommunity.Orleans.InProcess.Activations;

/// <summary>
/// Runs the code of one activation, one piece at a time, on the threads that the options name. What a grain awaits resumes here, because the awaiting code ran
/// under this scheduler.
/// </summary>
internal sealed class ActivationScheduler(IGrainContext owner, Action pump, Action<IThreadPoolWorkItem> queue) : TaskScheduler, IThreadPoolWorkItem
{
    /// <summary>After so many pieces the thread goes on to another grain, so that a busy grain does not keep others waiting.</summary>
    private const int PiecesPerRun = 64;

    private readonly Queue<Task> _tasks = new();
    private bool _pumpWanted;
    private bool _scheduled;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Makes the pump run soon, once for any number of requests before it.</summary>
    public void WantPump()
    {
        lock (_tasks)
        {
            _pumpWanted = true;
            Schedule();
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        RuntimeContext.Current = owner;
        try
        {
            for (var i = 0; i < PiecesPerRun; i++)
            {
                if (!TryTake(pumpFirst: (i & 1) == 0, out var task))
                    return;
                // The pump must run in a task of this scheduler. The task is made here and not where the call was sent, because a
                // task takes the execution context of its maker along, and the caller's is no business of this grain.
                if (task is null)
                    new Task(pump).RunSynchronously(this);
                else
                    TryExecuteTask(task);
            }
        }
        finally
        {
            RuntimeContext.Current = null;
        }

        queue(this);
    }

    protected override void QueueTask(Task task)
    {
        lock (_tasks)
        {
            _tasks.Enqueue(task);
            Schedule();
        }
    }

    /// <summary>Only a piece that runs already may run another within it: anything else would be a second one at a time.</summary>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && ReferenceEquals(RuntimeContext.Current, owner) && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_tasks)
            return [.. _tasks];
    }

    private void Schedule()
    {
        if (_scheduled)
            return;
        _scheduled = true;
        queue(this);
    }

    /// <summary>The next piece: a task, or null for the pump; false, and no longer scheduled, when there is nothing.</summary>
    private bool TryTake(bool pumpFirst, out Task? task)
    {
        lock (_tasks)
        {
            task = null;
            if (_pumpWanted && (pumpFirst || _tasks.Count == 0))
            {
                _pumpWanted = false;
                return true;
            }

            return _tasks.TryDequeue(out task) || (_scheduled = false);
        }
    }
}
