namespace SmartCommunity.Stores.Checkpoints;

/// <summary>The state of grains, by name and key. A state is on disk when its write returns.</summary>
public interface ICheckpointStore
{
    /// <summary>The stored state, or null.</summary>
    ValueTask<Checkpoint?> ReadAsync(string name, string key, CancellationToken cancellationToken);

    /// <summary>Stores a state if the stored one still has <paramref name="expectedETag"/> (null: if there is none).</summary>
    /// <returns>The new ETag, or null when another one is stored: nothing was changed.</returns>
    ValueTask<string?> WriteAsync(string name, string key, ReadOnlyMemory<byte> state, string? expectedETag, CancellationToken cancellationToken);

    /// <summary>Removes a state under the same condition; false when another one is stored.</summary>
    ValueTask<bool> ClearAsync(string name, string key, string? expectedETag, CancellationToken cancellationToken);
}

/// <summary>A stored state.</summary>
/// <param name="State">The bytes.</param>
/// <param name="ETag">Changes with every write.</param>
public sealed record Checkpoint(ReadOnlyMemory<byte> State, string ETag);
