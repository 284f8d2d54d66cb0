namespace SmartCommunity.Rules.Conditions;

/// <summary>What can move a condition. The first three come from a policy, the next two from time, the last from device health.</summary>
public enum ConditionInput : byte
{
    /// <summary>The source says that it holds.</summary>
    Holds = 0,

    /// <summary>The source says neither that it holds nor that it is over: a value between a limit and its hysteresis.</summary>
    Unsure = 1,

    /// <summary>The source says that it is over.</summary>
    Over = 2,

    /// <summary>It has held for the whole confirm window.</summary>
    Confirmed = 3,

    /// <summary>It has been over for the whole hold.</summary>
    HoldEnded = 4,

    /// <summary>Every source of it has gone silent.</summary>
    SourceSilent = 5,
}
