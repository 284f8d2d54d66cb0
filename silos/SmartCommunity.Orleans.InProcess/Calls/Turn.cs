using SmartCommunity.Orleans.InProcess.Activations;

namespace SmartCommunity.Orleans.InProcess.Calls;

/// <summary>
/// One piece of work for an activation: a request, or a tick of a timer. All fields are guarded by the gate of the activation that holds it.
/// </summary>
internal abstract class Turn
{
    /// <summary>Its place in the order of arrival, given by the queue.</summary>
    public long Sequence { get; set; }

    /// <summary>When it was sent, in ticks of the time provider's timestamp.</summary>
    public long SentAt { get; init; }

    /// <summary>May start whatever else runs.</summary>
    public bool Interleaves { get; set; }

    /// <summary>May start while only such turns run.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>It has been started, and what is left of it in a queue is to be skipped.</summary>
    public bool Started { get; set; }

    /// <summary>Its neighbours among the running turns of its activation.</summary>
    public Turn? Previous { get; set; }

    /// <inheritdoc cref="Previous"/>
    public Turn? Next { get; set; }

    /// <summary>Nobody waits for it any more, so that it need not start.</summary>
    public virtual bool Abandoned => false;

    /// <summary>Goes to the next activation when this one ends before it has started.</summary>
    public virtual bool OutlivesActivation => true;

    /// <summary>Counts as use of the activation.</summary>
    public virtual bool KeepsAlive => true;

    /// <summary>Runs it. Called in a turn of the activation; the task never fails.</summary>
    public abstract ValueTask RunAsync(Activation activation);

    /// <summary>It has run and is no longer counted as running: whoever waits for it learns the outcome.</summary>
    public virtual void Answer()
    {
    }

    /// <summary>It will not run; whoever waits for it learns why.</summary>
    public virtual void Reject(Exception reason)
    {
    }

    /// <summary>It has taken too long; whoever waits for it learns so. The obstacle is what it waits behind, as a phrase; null when it runs.</summary>
    public virtual void Expire(TimeSpan limit, string? obstacle)
    {
    }
}
