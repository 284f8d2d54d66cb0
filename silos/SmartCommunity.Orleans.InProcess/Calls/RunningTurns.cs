namespace SmartCommunity.Orleans.InProcess.Calls;

/// <summary>The turns of an activation that have started and not completed: a linked list. The caller holds the activation's gate.</summary>
internal sealed class RunningTurns
{
    private Turn? _first;

    public int Count { get; private set; }

    /// <summary>How many reading turns run that do not interleave with writes.</summary>
    public int Reads { get; private set; }

    /// <summary>Whether a turn runs that neither interleaves nor only reads.</summary>
    public bool Exclusive { get; private set; }

    public void Add(Turn turn)
    {
        Count++;
        Mark(turn, +1);
        turn.Next = _first;
        if (_first is not null)
            _first.Previous = turn;
        _first = turn;
    }

    public void Remove(Turn turn)
    {
        Count--;
        Mark(turn, -1);
        if (turn.Previous is null)
            _first = turn.Next;
        else
            turn.Previous.Next = turn.Next;
        if (turn.Next is not null)
            turn.Next.Previous = turn.Previous;
        turn.Next = turn.Previous = null;
    }

    public IEnumerable<Turn> All()
    {
        for (var turn = _first; turn is not null; turn = turn.Next)
            yield return turn;
    }

    private void Mark(Turn turn, int change)
    {
        if (turn.Interleaves)
            return;
        if (turn.ReadOnly)
            Reads += change;
        else
            Exclusive = change > 0;
    }
}
