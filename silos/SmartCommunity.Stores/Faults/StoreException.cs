namespace SmartCommunity.Stores.Faults;

/// <summary>Something is wrong with a store itself, not with what it was asked.</summary>
public abstract class StoreException(string message, Exception? inner) : Exception(message, inner);

/// <summary>The stores can not be opened. The message is one line: what, where, and what to do.</summary>
public sealed class StoreOpenException(string message, Exception? inner = null) : StoreException(message, inner);

/// <summary>
/// The stores can not do it now: the disk is full or failing. It is not known whether it was done; everything that stores offer may be repeated.
/// The store tries again with the next operation.
/// </summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : StoreException(message, inner);
