using System.Collections.Immutable;
using SmartCommunity.Stores.Outbox;

namespace SmartCommunity.Api.Tests.Support;

internal sealed class FakeOutbox : IOutbox
{
    private readonly Lock _lock = new();
    private readonly List<OutboxEntry> _entries = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _last;

    public long LastSequence
    {
        get
        {
            lock (_lock)
            {
                return _last;
            }
        }
    }

    public ValueTask<long> ReadOldestSequenceAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return ValueTask.FromResult(_entries.Count == 0 ? _last + 1 : _entries[0].Sequence);
        }
    }

    public ValueTask AppendAsync(ImmutableArray<OutboxRow> rows, CancellationToken cancellationToken)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            foreach (var row in rows)
            {
                _entries.Add(new(++_last, row));
            }

            (changed, _changed) = (_changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.SetResult();
        return ValueTask.CompletedTask;
    }

    /// <summary>Forgets the oldest rows, as retention does.</summary>
    public void ForgetThrough(long sequence)
    {
        lock (_lock)
        {
            _entries.RemoveAll(entry => entry.Sequence <= sequence);
        }
    }

    public ValueTask<ImmutableArray<OutboxEntry>> ReadAfterAsync(long sequence, int limit, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return ValueTask.FromResult<ImmutableArray<OutboxEntry>>([.. _entries.Where(entry => entry.Sequence > sequence).Take(limit)]);
        }
    }

    public async ValueTask WaitAfterAsync(long sequence, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_last > sequence)
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }
}
