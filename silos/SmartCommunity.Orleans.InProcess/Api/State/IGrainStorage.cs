using Orleans.Runtime;

namespace Orleans
{
    /// <summary>What a store reads into and writes from.</summary>
    public interface IGrainState<T>
    {
        T State { get; set; }

        /// <summary>The store's version of the record; null when there is none.</summary>
        string? ETag { get; set; }

        bool RecordExists { get; set; }
    }

    /// <summary>The plain <see cref="IGrainState{T}"/>.</summary>
    public sealed class GrainState<T> : IGrainState<T>
    {
        public GrainState() : this(default!)
        {
        }

        public GrainState(T state) : this(state, null)
        {
        }

        public GrainState(T state, string? eTag)
        {
            State = state;
            ETag = eTag;
        }

        public T State { get; set; }

        public string? ETag { get; set; }

        public bool RecordExists { get; set; }
    }
}

namespace Orleans.Storage
{
    /// <summary>
    /// A store of grain states, registered as a keyed service under the name that <see cref="PersistentStateAttribute"/> gives.
    /// Methods may be called for many grains at once, and for one grain one at a time.
    /// </summary>
    public interface IGrainStorage
    {
        /// <summary>Fills state, ETag and <c>RecordExists</c>. Where nothing is stored, the state is left as new, or null where the store does not know how to make one.</summary>
        Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

        /// <summary>Writes if the stored ETag equals the given one (null: nothing is stored), and sets the new ETag and <c>RecordExists</c>.</summary>
        /// <exception cref="InconsistentStateException">The ETags differ.</exception>
        Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

        /// <summary>Removes the record if the stored ETag equals the given one, and clears ETag and <c>RecordExists</c>.</summary>
        /// <exception cref="InconsistentStateException">The ETags differ.</exception>
        Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);
    }

    /// <summary>The stored record is not the one that was read: somebody else has written it.</summary>
    public class InconsistentStateException : OrleansException
    {
        public InconsistentStateException()
        {
        }

        public InconsistentStateException(string message) : base(message)
        {
        }

        public InconsistentStateException(string message, Exception innerException) : base(message, innerException)
        {
        }

        public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag) : this(errorMsg, storedEtag, currentEtag, null)
        {
        }

        public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag, Exception? storageException)
            : base(errorMsg, storageException)
        {
            StoredEtag = storedEtag;
            CurrentEtag = currentEtag;
        }

        /// <summary>The ETag in the store.</summary>
        public string? StoredEtag { get; }

        /// <summary>The ETag that the grain holds.</summary>
        public string? CurrentEtag { get; }

        /// <summary>False once the activation that it came from has been ended, so that callers which pass it on live on.</summary>
        internal bool IsSourceActivation { get; set; } = true;
    }

    /// <summary>A grain names a store that nobody registered.</summary>
    public sealed class BadProviderConfigException(string msg) : OrleansException(msg);
}
