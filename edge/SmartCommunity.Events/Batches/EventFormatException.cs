using System.Diagnostics.CodeAnalysis;

namespace SmartCommunity.Events.Batches;

/// <summary>Bytes that should be an event batch are not.</summary>
public sealed class EventFormatException(string message) : FormatException(message)
{
    [DoesNotReturn]
    internal static void Throw(int offset, string what) => throw new EventFormatException($"The event batch is damaged at byte {offset}: {what}.");
}
