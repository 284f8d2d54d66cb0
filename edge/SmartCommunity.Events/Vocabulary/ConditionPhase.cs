using System.Text.Json.Serialization;

namespace SmartCommunity.Events.Vocabulary;

/// <summary>The state of a condition (告警态), machine A: one per dedup key, driven by event time. It is apart from the case.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ConditionPhase>))]
public enum ConditionPhase : byte
{
    /// <summary>正常: nothing holds.</summary>
    Normal = 0,

    /// <summary>疑似: it holds, but not yet for the confirm window.</summary>
    Suspect = 1,

    /// <summary>告警中: it holds.</summary>
    Active = 2,

    /// <summary>待恢复: it no longer holds, but not yet for the hold.</summary>
    Clearing = 3,

    /// <summary>已恢复: it held once and is over.</summary>
    Cleared = 4,

    /// <summary>失联: the source went silent while it held; never clears by itself.</summary>
    Unknown = 5,
}
