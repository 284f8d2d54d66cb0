using System.Text.Json.Serialization;

namespace SmartCommunity.Events.Vocabulary;

/// <summary>How urgent a matter is. A smaller number is worse.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Severity>))]
public enum Severity : byte
{
    /// <summary>特急: life is in danger; dispatched at once, verified in parallel.</summary>
    P0 = 0,

    /// <summary>紧急.</summary>
    P1 = 1,

    /// <summary>一般.</summary>
    P2 = 2,

    /// <summary>提示.</summary>
    P3 = 3,
}
