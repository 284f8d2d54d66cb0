using System.Collections.Concurrent;
using System.Text.Json;
using SmartCommunity.Stores.Checkpoints;

namespace SmartCommunity.Api.SignIn;

/// <summary>The sign-ins that were ended before their time, until their time: kept in the store, so that a restart does not revive them.</summary>
internal sealed class SignedOutTickets(ICheckpointStore store, TimeProvider time, ApiOptions options) : IDisposable
{
    private const string Name = "api-signed-out";
    private const string Key = "all";

    private readonly SemaphoreSlim _gate = new(1);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _tickets = new(StringComparer.Ordinal);
    private volatile bool _loaded;

    public async ValueTask<bool> ContainsAsync(string ticketId)
    {
        if (!_loaded)
        {
            await LoadAsync();
        }

        return _tickets.ContainsKey(ticketId);
    }

    /// <summary>Ends a sign-in; it is on disk when this returns.</summary>
    public async Task AddAsync(string ticketId, CancellationToken cancellationToken)
    {
        // A sliding cookie may have been renewed at any time until now, so the entry lives as long as a ticket that is issued now.
        _tickets[ticketId] = time.GetUtcNow() + options.TicketLifetime;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            string? written;
            do
            {
                // What another silo has added meanwhile is taken over before it is written again.
                var etag = await MergeStoredAsync(cancellationToken);
                ForgetExpired();
                written = await store.WriteAsync(Name, Key, JsonSerializer.SerializeToUtf8Bytes(_tickets), etag, cancellationToken);
            }
            while (written is null);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task LoadAsync()
    {
        await _gate.WaitAsync();
        try
        {
            await MergeStoredAsync(CancellationToken.None);
            _loaded = true;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<string?> MergeStoredAsync(CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(Name, Key, cancellationToken) is not { } stored)
        {
            return null;
        }

        foreach (var (ticket, until) in JsonSerializer.Deserialize<Dictionary<string, DateTimeOffset>>(stored.State.Span) ?? [])
        {
            _tickets.TryAdd(ticket, until);
        }

        return stored.ETag;
    }

    private void ForgetExpired()
    {
        var now = time.GetUtcNow();
        foreach (var (ticket, until) in _tickets)
        {
            if (until < now)
            {
                _tickets.TryRemove(ticket, out _);
            }
        }
    }
}
