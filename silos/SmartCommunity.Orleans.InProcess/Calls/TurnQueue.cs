using System.Diagnostics.CodeAnalysis;

namespace SmartCommunity.Orleans.InProcess.Calls;

/// <summary>
/// The turns that wait for an activation, and the rule which of them may start next. The caller holds the activation's gate.
/// </summary>
/// <remarks>
/// A turn may start when it interleaves; or when nothing but interleaving turns runs; or when it only reads, and nothing but reading and
/// interleaving turns runs. Reading turns wait in two queues, so that one can overtake the writes before it while other reads run: were it to
/// wait, a read that calls back into its own grain could not complete. What has been started or abandoned is skipped when it comes up.
/// </remarks>
internal sealed class TurnQueue
{
    private readonly Queue<Turn> _interleaving = new();
    private readonly Queue<Turn> _ordered = new();
    private readonly Queue<Turn> _reads = new();
    private readonly RunningTurns _running;
    private long _sequence;

    public TurnQueue(RunningTurns running) => _running = running;

    public bool IsEmpty => Head(_interleaving) is null && Head(_ordered) is null;

    public void Add(Turn turn)
    {
        turn.Sequence = ++_sequence;
        (turn.Interleaves ? _interleaving : _ordered).Enqueue(turn);
        if (turn.ReadOnly && !turn.Interleaves)
            _reads.Enqueue(turn);
    }

    /// <summary>The next turn that may start, left in the queue.</summary>
    public Turn? Peek()
    {
        var free = Head(_interleaving);
        var bound = _running.Exclusive ? null : Head(_running.Reads == 0 ? _ordered : _reads);
        if (free is null || bound is null)
            return free ?? bound;
        return free.Sequence < bound.Sequence ? free : bound;
    }

    /// <summary>Takes the next turn that may start, and counts it as running.</summary>
    public bool TryStart([NotNullWhen(true)] out Turn? turn)
    {
        turn = Peek();
        if (turn is null)
            return false;
        turn.Started = true;
        _running.Add(turn);
        if (turn.ReadOnly)
        {
            // It stands in both queues, and one of them may not be looked at for long: neither shall keep it alive.
            Head(_ordered);
            Head(_reads);
        }

        return true;
    }

    /// <summary>Takes all turns that have not started, in the order of their arrival.</summary>
    public List<Turn> TakeRest()
    {
        var rest = Waiting().OrderBy(turn => turn.Sequence).ToList();
        _interleaving.Clear();
        _ordered.Clear();
        _reads.Clear();
        return rest;
    }

    /// <summary>All turns that have not started.</summary>
    public IEnumerable<Turn> Waiting() => _interleaving.Concat(_ordered).Where(turn => turn is { Started: false, Abandoned: false });

    private static Turn? Head(Queue<Turn> queue)
    {
        while (queue.TryPeek(out var head))
        {
            if (head is { Started: false, Abandoned: false })
                return head;
            queue.Dequeue();
        }

        return null;
    }
}
