namespace Orleans.Core;

/// <summary>One stored state of a grain.</summary>
public interface IStorage
{
    /// <summary>The version that was last read or written; null when nothing is stored.</summary>
    string? Etag { get; }

    /// <summary>Whether the store holds a record.</summary>
    bool RecordExists { get; }

    /// <summary>Removes the record and makes the state new.</summary>
    Task ClearStateAsync();

    /// <summary>Writes the state.</summary>
    /// <exception cref="Storage.InconsistentStateException">Somebody else has written meanwhile. If it leaves the grain, the activation ends.</exception>
    Task WriteStateAsync();

    /// <summary>Reads the state again, over what is in memory.</summary>
    Task ReadStateAsync();

    /// <inheritdoc cref="ClearStateAsync()"/>
    Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

    /// <inheritdoc cref="WriteStateAsync()"/>
    Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

    /// <inheritdoc cref="ReadStateAsync()"/>
    Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
}

/// <summary>One stored state of a grain, and its value in memory.</summary>
public interface IStorage<TState> : IStorage
{
    /// <summary>The value; read before <c>OnActivateAsync</c>.</summary>
    TState State { get; set; }
}
