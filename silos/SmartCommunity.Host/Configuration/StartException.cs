namespace SmartCommunity.Host.Configuration;

/// <summary>The start can not go on for a reason that the person who started can mend; printed as one line, exit code 2.</summary>
public sealed class StartException(string message, Exception? innerException = null) : Exception(message, innerException);
