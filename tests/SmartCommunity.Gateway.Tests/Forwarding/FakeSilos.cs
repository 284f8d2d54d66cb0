using SmartCommunity.Gateway.Forwarding;
using SmartCommunity.Journal;

namespace SmartCommunity.Gateway.Tests.Forwarding;

/// <summary>
/// A silo side as DESIGN 2.3 has it: grains that skip what they have seen, lazy checkpoints, rewinds, and seeded faults: lost and late answers,
/// refusals, grains that fall back to their checkpoint. An effect counts in a grain's state, so that a fall back takes it away too.
/// </summary>
internal sealed class FakeSilos(int seed, int grainCount) : IIngestTarget
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);
    private readonly List<Action> _late = [];
    private readonly Grain[] _grains = [.. Enumerable.Range(0, grainCount).Select(_ => new Grain())];
    private long _first;

    /// <summary>No more faults from now on, so that everything can come to its end.</summary>
    public bool Calm { get; set; }

    public int Rewinds { get; private set; }

    public IReadOnlyList<long> Effects
    {
        get
        {
            lock (_lock)
                return [.. _grains.SelectMany(grain => grain.Effects).Order()];
        }
    }

    public ValueTask<IngestAnswer> SendAsync(IngestBatch batch, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _first = _first == 0 ? batch.FirstSequence : _first;
            Disturb();
            if (Chance(20))
                return new ValueTask<IngestAnswer>(new IngestAnswer(IngestOutcome.Unavailable, 0, 0, 0));
            var rewindTo = Apply(batch);
            var answer = Conclude(rewindTo);
            if (Chance(20))
                throw new IOException("the answer is lost");
            var reply = new TaskCompletionSource<IngestAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
            _late.Add(() => reply.TrySetResult(answer));
            return new ValueTask<IngestAnswer>(reply.Task.WaitAsync(cancellationToken));
        }
    }

    /// <summary>Lets some answers go, in any order.</summary>
    public void Pump()
    {
        lock (_lock)
        {
            while (_late.Count > 0 && (Calm || _random.Next(3) > 0))
            {
                var index = _random.Next(_late.Count);
                _late[index]();
                _late.RemoveAt(index);
            }
        }
    }

    private bool Chance(int oneIn) => !Calm && _random.Next(oneIn) == 0;

    private void Disturb()
    {
        if (Calm || Chance(3))
            _grains[_random.Next(grainCount)].Checkpoint();
        if (Calm)
            Array.ForEach(_grains, grain => grain.Checkpoint());
        if (Chance(25))
            _grains[_random.Next(grainCount)].FallBack();
    }

    // Each part says what the sender believes the grain saw last, as far as it knows; 0 is no belief.
    private long? Apply(IngestBatch batch)
    {
        long? rewindTo = null;
        var refused = new HashSet<Grain>();
        var reader = new JournalRecordReader(batch.Records.Span);
        while (reader.TryRead(out var sequence, out var payload))
        {
            BitConverter.ToInt64(payload).ShouldBe(sequence);
            var grain = _grains[sequence % grainCount];
            if (refused.Contains(grain))
                continue;
            if (Previous(sequence) > grain.Seen)
            {
                rewindTo = Math.Min(rewindTo ?? long.MaxValue, grain.Seen + 1);
                refused.Add(grain);
                continue;
            }

            grain.Take(sequence);
        }

        return rewindTo;
    }

    private long Previous(long sequence) => sequence - grainCount >= _first ? sequence - grainCount : 0;

    private IngestAnswer Conclude(long? rewindTo)
    {
        var accepted = Through(grain => grain.Seen);
        var durable = Math.Min(accepted, Through(grain => grain.CheckpointSeen));
        if (rewindTo is null)
            return new IngestAnswer(IngestOutcome.Accepted, accepted, durable, 0);
        Rewinds++;
        return new IngestAnswer(IngestOutcome.Rewind, accepted, durable, rewindTo.Value);
    }

    // Everything through the sequence before the first one that its grain lacks.
    private long Through(Func<Grain, long> seen)
    {
        var through = long.MaxValue;
        for (var index = 0; index < grainCount; index++)
        {
            var start = _first + ((index - (_first % grainCount) + grainCount) % grainCount);
            through = Math.Min(through, Math.Max(seen(_grains[index]) + grainCount, start) - 1);
        }

        return through;
    }

    private sealed class Grain
    {
        private List<long> _checkpoint = [];

        public List<long> Effects { get; private set; } = [];

        public long Seen => Effects.Count == 0 ? 0 : Effects[^1];

        public long CheckpointSeen => _checkpoint.Count == 0 ? 0 : _checkpoint[^1];

        public void Take(long sequence)
        {
            if (sequence > Seen)
                Effects.Add(sequence);
        }

        public void Checkpoint() => _checkpoint = [.. Effects];

        public void FallBack() => Effects = [.. _checkpoint];
    }
}
