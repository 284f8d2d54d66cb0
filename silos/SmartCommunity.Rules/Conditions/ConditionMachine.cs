using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Rules.Conditions;

/// <summary>Machine A of DESIGN section 4: where a condition goes from each phase. Windows and clocks are outside; this is the whole table.</summary>
/// <remarks>
/// <code>
///            Holds     Unsure   Over      Confirmed  HoldEnded  SourceSilent
/// Normal     Suspect   ·        ·         ·          ·          ·
/// Suspect    ·         Normal   Normal    Active     ·          ·
/// Active     ·         ·        Clearing  ·          ·          Unknown
/// Clearing   Active    ·        ·         ·          Cleared    ·
/// Cleared    Suspect   ·        ·         ·          ·          ·
/// Unknown    Active    ·        Clearing  ·          ·          ·
/// </code>
/// Unknown is left only by what the source itself says about the matter; its being heard again about something else proves nothing.
/// A suspect whose source goes silent stays suspect, and is confirmed in time: a cut cable must not hide an open door.
/// </remarks>
public static class ConditionMachine
{
    /// <summary>The phase after an input; the same phase when the input does not move it.</summary>
    public static ConditionPhase Next(ConditionPhase phase, ConditionInput input) => (phase, input) switch
    {
        // 正常, 已恢复: only a report opens a new occurrence.
        (ConditionPhase.Normal or ConditionPhase.Cleared, ConditionInput.Holds) => ConditionPhase.Suspect,

        // 疑似: anything but a steady report ends it, and nobody outside hears of it.
        (ConditionPhase.Suspect, ConditionInput.Confirmed) => ConditionPhase.Active,
        (ConditionPhase.Suspect, ConditionInput.Unsure or ConditionInput.Over) => ConditionPhase.Normal,

        // 告警中: in doubt it stays.
        (ConditionPhase.Active, ConditionInput.Over) => ConditionPhase.Clearing,
        (ConditionPhase.Active, ConditionInput.SourceSilent) => ConditionPhase.Unknown,

        // 待恢复: it comes back at once, without a second confirm window.
        (ConditionPhase.Clearing, ConditionInput.Holds) => ConditionPhase.Active,
        (ConditionPhase.Clearing, ConditionInput.HoldEnded) => ConditionPhase.Cleared,

        // 失联: see the remarks.
        (ConditionPhase.Unknown, ConditionInput.Holds) => ConditionPhase.Active,
        (ConditionPhase.Unknown, ConditionInput.Over) => ConditionPhase.Clearing,

        _ => phase,
    };

    /// <summary>Whether the outside hears of a move: all of them, except those into and out of a mere suspicion.</summary>
    public static bool IsTold(ConditionPhase from, ConditionPhase to) =>
        from != to && to is ConditionPhase.Active or ConditionPhase.Clearing or ConditionPhase.Cleared or ConditionPhase.Unknown;

    /// <summary>Whether something is going on: an occurrence has begun and is not over.</summary>
    public static bool IsOpen(ConditionPhase phase) => phase is not (ConditionPhase.Normal or ConditionPhase.Cleared);
}
