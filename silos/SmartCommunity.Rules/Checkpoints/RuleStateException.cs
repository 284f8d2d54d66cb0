namespace SmartCommunity.Rules.Checkpoints;

/// <summary>Bytes that should be the saved state of rules are not, or are of a version that is not known.</summary>
public sealed class RuleStateException : FormatException
{
    internal RuleStateException(string what, Exception? cause = null)
        : base($"The saved state of the rules can not be read: {what}.", cause)
    {
    }
}
