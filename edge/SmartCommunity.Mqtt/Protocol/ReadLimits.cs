namespace SmartCommunity.Mqtt.Protocol;

/// <summary>What a reader accepts beyond the rules of the protocol. Reaching one is reason code 0x97 (quota exceeded).</summary>
public sealed record ReadLimits
{
    /// <summary>The defaults.</summary>
    public static ReadLimits Default { get; } = new();

    /// <summary>Levels in a topic name or filter; default 64. Real devices use fewer than 16, and each level of a filter is a node in memory.</summary>
    public int MaxTopicLevels { get; init; } = 64;

    /// <summary>Bytes of UTF-8 in a topic name or filter; default 1,024. The longest paths in the field have a few hundred, and every topic is kept by routes.</summary>
    public int MaxTopicBytes { get; init; } = 1_024;

    /// <summary>User properties in one packet; default 64. Each becomes two strings, so thousands of them would be a cheap way to burn memory.</summary>
    public int MaxUserProperties { get; init; } = 64;

    /// <summary>Bytes of names and values of the user properties in one packet; default 16 KiB, so that a few huge ones are no way around the count.</summary>
    public int MaxUserPropertyBytes { get; init; } = 16 * 1024;

    /// <summary>Topic filters in one SUBSCRIBE or UNSUBSCRIBE; default 256, more than any client sends at once.</summary>
    public int MaxFiltersPerPacket { get; init; } = 256;

    /// <summary>Throws when a limit is not positive.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A limit is zero or negative.</exception>
    public void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxTopicLevels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxTopicBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxUserProperties);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxUserPropertyBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxFiltersPerPacket);
    }
}
