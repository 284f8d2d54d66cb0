namespace Orleans;

/// <summary>Why an activation ends.</summary>
public readonly struct DeactivationReason
{
    public DeactivationReason(DeactivationReasonCode code, string text) : this(code, null, text)
    {
    }

    public DeactivationReason(DeactivationReasonCode code, Exception? exception, string text)
    {
        ReasonCode = code;
        Exception = exception;
        Description = text;
    }

    /// <summary>The reason in words, for logs.</summary>
    public string Description { get; }

    public DeactivationReasonCode ReasonCode { get; }

    /// <summary>What went wrong, where something did.</summary>
    public Exception? Exception { get; }

    public override string ToString() => Exception is null ? $"{ReasonCode}: {Description}" : $"{ReasonCode}: {Description}. Exception: {Exception}";
}

/// <summary>The kinds of reasons. The in-process host uses those that say so; the others exist so that a switch compiles alike on a cluster.</summary>
public enum DeactivationReasonCode : byte
{
    None,

    /// <summary>In use: the host stops.</summary>
    ShuttingDown,

    /// <summary>In use: the constructor, the state or <c>OnActivateAsync</c> failed.</summary>
    ActivationFailed,
    DirectoryFailure,

    /// <summary>In use: no call for as long as the idle limit.</summary>
    ActivationIdle,
    ActivationUnresponsive,
    DuplicateActivation,
    IncompatibleRequest,

    /// <summary>In use: an <c>InconsistentStateException</c> left the grain, so that what it holds in memory is stale.</summary>
    ApplicationError,

    /// <summary>In use: <c>DeactivateOnIdle</c>.</summary>
    ApplicationRequested,
    Migrating,

    /// <summary>In use: somebody asked the host to let the activation go.</summary>
    RuntimeRequested,
    HighMemoryPressure,
}
