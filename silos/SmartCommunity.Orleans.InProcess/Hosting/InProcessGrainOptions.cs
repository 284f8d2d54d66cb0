using System.Reflection;

namespace SmartCommunity.Orleans.InProcess;

/// <summary>How grains live in this process.</summary>
public sealed class InProcessGrainOptions
{
    /// <summary>Where grain classes are looked for.</summary>
    public IList<Assembly> Assemblies { get; } = [];

    /// <summary>The host's name in messages. Default: <c>in-process</c>.</summary>
    public string Name { get; set; } = "in-process";

    /// <summary>
    /// Where the code of grains runs: takes pieces of work that are run soon, in order, on any threads but the caller's. Default: the thread pool. A host that has something more
    /// urgent to do than its grains gives threads of its own.
    /// </summary>
    public Action<IThreadPoolWorkItem> Queue { get; set; } = static work => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);

    /// <summary>How long a caller waits for an answer. Default: 30 s, as in Orleans; far more than a sound call takes, so that it only ends deadlocks and lost calls.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an activation may go without a call before it is let go. Default: 15 min, as in Orleans.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often idle activations are looked for. Default: 1 min, a small part of the age.</summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long state and <c>OnActivateAsync</c> may take. Default: 30 s, as long as callers wait.</summary>
    public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long <c>OnDeactivateAsync</c> may take before the next activation may begin regardless. Default: 30 s.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long stopping waits for grains to finish and to write their state. Default: 10 s, well within the 30 s that a host gives all its services.</summary>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The shortest period of a reminder. Default: 1 min, as in Orleans: a reminder costs a write per tick, and timers are for shorter ones.</summary>
    public TimeSpan MinimumReminderPeriod { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many reminders are delivered at once. Default: 32, so that those missed during a stop do not all activate their grains in one moment.</summary>
    public int MaxConcurrentReminders { get; set; } = 32;
}
