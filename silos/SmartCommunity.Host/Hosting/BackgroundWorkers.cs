using System.Collections.Concurrent;

namespace SmartCommunity.Host.Hosting;

/// <summary>
/// Threads for what may come a little later than the acknowledgement of a device: forwarding, grains, the stores' writer. They have less weight with the kernel than
/// the threads that serve connections, so that a backlog of rules and rows does not hold acknowledgements back.
/// </summary>
internal sealed class BackgroundWorkers : TaskScheduler
{
    private readonly BlockingCollection<object> _work = [];
    private readonly int _niceness;

    /// <param name="threads">How many; as many as there are processors use all of them when nothing more urgent does.</param>
    /// <param name="niceness">The threads' nice value, 0 (none) to 19.</param>
    public BackgroundWorkers(int threads, int niceness)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _niceness = niceness;
        MaximumConcurrencyLevel = threads;
        for (var i = 0; i < threads; i++)
        {
            new Thread(Run) { IsBackground = true, Name = "background" }.Start();
        }
    }

    public override int MaximumConcurrencyLevel { get; }

    /// <summary>Runs a piece of work soon.</summary>
    public void Queue(IThreadPoolWorkItem work) => _work.Add(work);

    /// <summary>Gives the calling thread the same priority.</summary>
    public void LowerThisThread() => ThreadPriorities.Lower(_niceness);

    protected override void QueueTask(Task task) => _work.Add(task);

    // Whoever waits for a task is somebody else, whose priority is none of ours.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => [.. _work.OfType<Task>()];

    private void Run()
    {
        LowerThisThread();
        foreach (var work in _work.GetConsumingEnumerable())
        {
            if (work is Task task)
            {
                TryExecuteTask(task);
            }
            else
            {
                ((IThreadPoolWorkItem)work).Execute();
            }
        }
    }
}
