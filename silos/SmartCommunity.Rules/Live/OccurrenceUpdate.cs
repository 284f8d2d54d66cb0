using System.Globalization;
using SmartCommunity.Events.Vocabulary;
using SmartCommunity.Rules.Conditions;

namespace SmartCommunity.Rules.Live;

/// <summary>Takes over into an occurrence what a signal says of it.</summary>
internal static class OccurrenceUpdate
{
    /// <summary>Takes a signal over, after the condition has moved.</summary>
    /// <returns>Whether it is evidence of which the outside must hear even when nothing moved.</returns>
    public static bool Absorb(Condition condition, in ConditionSignal signal, ConditionPhase before)
    {
        switch (signal.Input)
        {
            case ConditionInput.Holds:
                return AbsorbReport(condition, signal, before);
            case ConditionInput.Over when condition.Occurrence is { } ending:
                ending.Value = signal.Value ?? ending.Value;
                ending.ExpiresAt = Occurrence.Never;
                ending.AddPending(signal.Event);
                return false;
            default:
                return false;
        }
    }

    private static bool AbsorbReport(Condition condition, in ConditionSignal signal, ConditionPhase before)
    {
        var occurrence = condition.Occurrence ??= Begin(signal);
        if (before == ConditionPhase.Suspect)
        {
            HoldSince(occurrence, signal);
        }

        Extend(occurrence, signal, isNew: before is not (ConditionPhase.Active or ConditionPhase.Suspect));
        occurrence.AddSource(signal.Binding.Device);
        var severity = SeverityOf(signal);
        var isWorse = severity < occurrence.Severity;
        occurrence.Severity = isWorse ? severity : occurrence.Severity;
        occurrence.Confidence = Math.Max(occurrence.Confidence, signal.Event?.Confidence ?? 1);
        occurrence.LastReport = Math.Max(occurrence.LastReport, signal.At);
        occurrence.Reports++;
        occurrence.Value = signal.Value ?? occurrence.Value;
        occurrence.Detail = signal.Detail ?? occurrence.Detail;
        occurrence.Alias = signal.Alias ?? occurrence.Alias;

        var isEvidence = isWorse || (signal.Event is { } item && (signal.Spec.EveryReportIsEvidence || item.Evidence.Count > 0));
        if (isEvidence || before != ConditionPhase.Active)
        {
            occurrence.AddPending(signal.Event);
        }

        return isEvidence;
    }

    private static Occurrence Begin(in ConditionSignal signal)
    {
        var since = Math.Min(signal.Since ?? signal.At, signal.At);
        return new()
        {
            Since = since,
            Confirm = ConfirmOf(signal),
            FirstCause = CauseOf(signal, since),
            Severity = SeverityOf(signal),
            LastReport = signal.At,
        };
    }

    // A further report of a suspicion can bring the alarm forward (a longer stand, a shorter window), never put it off.
    private static void HoldSince(Occurrence occurrence, in ConditionSignal signal)
    {
        var since = Math.Min(signal.Since ?? signal.At, signal.At);
        var confirmedAt = Math.Min(occurrence.Since + occurrence.Confirm, since + ConfirmOf(signal));
        occurrence.Since = Math.Min(occurrence.Since, since);
        occurrence.Confirm = confirmedAt - occurrence.Since;
    }

    // What a source began and must end itself does not end by time, even when pulses come on top of it.
    private static void Extend(Occurrence occurrence, in ConditionSignal signal, bool isNew)
    {
        var lasts = signal.Lasts ?? (long?)signal.Spec.Lasts?.TotalMilliseconds;
        if (lasts is null)
        {
            occurrence.ExpiresAt = Occurrence.Never;
        }
        else if (isNew || occurrence.Reports == 0)
        {
            occurrence.ExpiresAt = signal.At + lasts.Value;
        }
        else if (occurrence.ExpiresAt != Occurrence.Never)
        {
            occurrence.ExpiresAt = Math.Max(occurrence.ExpiresAt, signal.At + lasts.Value);
        }
    }

    private static long ConfirmOf(in ConditionSignal signal) => signal.Confirm ?? (long)signal.Spec.Confirm.TotalMilliseconds;

    private static Severity SeverityOf(in ConditionSignal signal) => signal.Severity ?? signal.Spec.Severity;

    private static string CauseOf(in ConditionSignal signal, long since)
    {
        var device = signal.Binding.Device.Id.Value;
        return signal.Event switch
        {
            { Id.Length: > 0 } item => $"{device}/{item.Id}",
            { } item => string.Create(CultureInfo.InvariantCulture, $"{device}/{EventKinds.NameOf(item.Kind)}/{signal.At}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{device}/{signal.Spec.CauseName}/{since}"),
        };
    }
}
